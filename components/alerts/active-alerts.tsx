"use client";
import { BellRing, CircleCheck } from "lucide-react";
import Link from "next/link";
import { useMemo, useState } from "react";
import { AlertPhase, standingOf } from "@/components/alerts/alert-phase";
import { AlertValue } from "@/components/alerts/alert-value";
import { SilenceDialog, type ToSilence } from "@/components/alerts/silence-dialog";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { tableColumns } from "@/components/ui/table-columns";
import { alertRuleHref, deploymentHref } from "@/lib/api-client/hrefs";
import type { ActiveAlertDto } from "@/lib/alerts/schema";

const c = tableColumns<ActiveAlertDto>();
type Props = { alerts: ActiveAlertDto[]; /** Projects in which the reader may silence. */ writable: readonly string[]; nowMs: number; /** Some are left out by a filter. */ filtered?: boolean; emptyActions?: React.ReactNode; /** On a deployment's own page. */ ofOne?: boolean; loading?: boolean };

/** What fires and what is about to, the worst first: since when, the value against its limit, and who said that it is known. */
export function ActiveAlerts({ alerts, writable, nowMs, filtered = false, emptyActions, ofOne = false, loading = false }: Props) {
  const [silencing, setSilencing] = useState<ToSilence | null>(null);
  const columns = useMemo(() => c.columns([
    c.accessor((a) => standingOf(a), { id: "state", header: "State", cell: ({ row: { original: a } }) => <AlertPhase standing={standingOf(a)} /> }),
    c.accessor("rule", { header: "Alert", cell: ({ row: { original: a } }) => <What a={a} ofOne={ofOne} /> }),
    c.accessor((a) => a.value ?? -1, { id: "value", header: "Value", meta: { numeric: true }, cell: ({ row: { original: a } }) => <AlertValue alert={a} /> }),
    c.accessor("since", { header: "Since", meta: { numeric: true }, cell: ({ row: { original: a } }) => <Since a={a} nowMs={nowMs} /> }),
    c.display({ id: "actions", header: () => <span className="sr-only">Silence</span>, meta: { numeric: true }, cell: ({ row: { original: a } }) => <Silence a={a} mayWrite={writable.includes(a.project)} nowMs={nowMs} onSilence={setSilencing} /> }),
  ]), [ofOne, nowMs, writable]);
  return (
    <>
      <DataTable label="Alerts that fire or are about to" columns={columns} data={alerts} loading={loading} skeletonRows={3} sortable={false} getRowId={(a) => `${a.ruleId} ${a.subject}`}
        card={(a) => (
          <div className="grid gap-2">
            <div className="flex items-start justify-between gap-3"><AlertPhase standing={standingOf(a)} /><Since a={a} nowMs={nowMs} /></div>
            <div className="flex items-start justify-between gap-3"><What a={a} ofOne={ofOne} /><span className="text-right"><AlertValue alert={a} /></span></div>
            <Silence a={a} mayWrite={writable.includes(a.project)} nowMs={nowMs} onSilence={setSilencing} />
          </div>
        )}
        empty={filtered ? <EmptyState icon={<BellRing aria-hidden />} title="No alert is like that" actions={emptyActions}>Others may fire that these filters leave out.</EmptyState>
          : <EmptyState icon={<CircleCheck aria-hidden />} title="Nothing fires" actions={emptyActions}>Rules are evaluated every 30 seconds. What fires, or is about to, shows here at once.</EmptyState>} />
      <SilenceDialog alert={silencing} onClose={() => setSilencing(null)} />
    </>
  );
}

function What({ a, ofOne }: { a: ActiveAlertDto; ofOne: boolean }) {
  return (
    <span className="grid min-w-0 gap-0.5">
      <span className="flex flex-wrap items-baseline gap-x-2">
        <Link href={alertRuleHref(a.ruleId)} data-row-link className="font-medium wrap-anywhere underline-offset-3 hover:underline">{a.rule}</Link>
        {ofOne ? null : <span className="text-sm text-ink-muted">{a.deployment ? <Link href={deploymentHref(a.project, a.deployment)} className="link">{a.deployment}</Link> : a.subject} <span className="text-ink-faint">in {a.project}</span></span>}
      </span>
      <span className="text-sm text-ink-muted wrap-anywhere">{a.noData ? <>Nothing is known now: {a.noData} It goes on until it is known to be over.</> : a.text}</span>
    </span>
  );
}

function Since({ a, nowMs }: { a: ActiveAlertDto; nowMs: number }) {
  return <span className="grid text-right text-sm whitespace-nowrap text-ink-muted"><RelativeTime time={a.since} nowMs={nowMs} />{a.firesAt ? <span className="text-xs text-ink-faint">fires <RelativeTime time={a.firesAt} nowMs={nowMs} /></span> : null}</span>;
}

function Silence({ a, mayWrite, nowMs, onSilence }: { a: ActiveAlertDto; mayWrite: boolean; nowMs: number; onSilence: (a: ToSilence) => void }) {
  if (a.silence) return <span className="grid justify-items-start gap-0.5 text-sm sm:justify-items-end" title={`${a.silence.reason} (${a.silence.createdBy})`}><Badge>silenced</Badge><span className="text-xs text-ink-faint">ends <RelativeTime time={a.silence.endsAt} nowMs={nowMs} /></span></span>;
  return mayWrite ? <span><Button size="sm" onClick={() => onSilence(a)} aria-label={`Silence ${a.rule} for ${a.subject}`}>Silence</Button></span> : null;
}
