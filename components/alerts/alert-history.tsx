"use client";
import { History } from "lucide-react";
import Link from "next/link";
import { useMemo } from "react";
import { AlertPhase } from "@/components/alerts/alert-phase";
import { CursorTable } from "@/components/list/cursor-table";
import { useCursorList } from "@/components/list/use-cursor-list";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { tableColumns } from "@/components/ui/table-columns";
import { alertRuleHref, deploymentHref } from "@/lib/api-client/hrefs";
import type { ListParams } from "@/lib/api-client/list-key";
import { keys } from "@/lib/api-client/query-keys";
import type { IncidentDto } from "@/lib/alerts/schema";
import { formatDurationMs } from "@/lib/format/duration";

const c = tableColumns<IncidentDto>();
type Props = { filters: ListParams; nowMs: number; ofOne?: boolean };

/** Each time that a rule fired, newest first: how long, and how it ended. Kept for 90 days. */
export function AlertHistory({ filters, nowMs, ofOne = false }: Props) {
  const list = useCursorList<IncidentDto>(keys.alertHistory, "/api/v1/alerts", { state: "all", ...filters, limit: "20" });
  const columns = useMemo(() => c.columns([
    c.accessor("severity", { header: "State", cell: ({ row: { original: a } }) => <State a={a} /> }),
    c.accessor("rule", { header: "Alert", cell: ({ row: { original: a } }) => <What a={a} ofOne={ofOne} /> }),
    c.accessor("firedAt", { header: "Fired", meta: { numeric: true }, cell: ({ getValue }) => <span className="text-sm whitespace-nowrap text-ink-muted"><RelativeTime time={getValue()} nowMs={nowMs} /></span> }),
    c.display({ id: "lasted", header: "Lasted", meta: { numeric: true }, cell: ({ row: { original: a } }) => <span className="text-sm whitespace-nowrap">{lasted(a)}</span> }),
  ]), [nowMs, ofOne]);
  return (
    <CursorTable list={list} what="the history" label="Alerts that fired" columns={columns} sortable={false} getRowId={(a) => a.id}
      card={(a) => <div className="grid gap-2"><div className="flex items-start justify-between gap-3"><State a={a} /><span className="text-right text-sm text-ink-muted"><RelativeTime time={a.firedAt} nowMs={nowMs} />, {lasted(a)}</span></div><What a={a} ofOne={ofOne} /></div>}
      empty={<EmptyState icon={<History aria-hidden />} title="No alert fired">What fires stays here for 90 days after it is over.</EmptyState>} />
  );
}

const State = ({ a }: { a: IncidentDto }) => <AlertPhase standing={a.resolvedAt ? "resolved" : a.severity === "critical" ? "critical" : "warning"} />;
const lasted = (a: IncidentDto): string => (a.resolvedAt ? formatDurationMs(Date.parse(a.resolvedAt) - Date.parse(a.firedAt)) : "goes on");

function What({ a, ofOne }: { a: IncidentDto; ofOne: boolean }) {
  return (
    <span className="grid min-w-0 gap-0.5">
      <span className="flex flex-wrap items-baseline gap-x-2">
        {a.ruleId ? <Link href={alertRuleHref(a.ruleId)} className="font-medium wrap-anywhere underline-offset-3 hover:underline">{a.rule}</Link> : <span className="font-medium wrap-anywhere">{a.rule}</span>}
        {ofOne ? null : <span className="text-sm text-ink-muted">{a.deployment ? <Link href={deploymentHref(a.project, a.deployment)} className="link">{a.deployment}</Link> : a.subject} <span className="text-ink-faint">in {a.project}</span></span>}
      </span>
      <span className="text-sm text-ink-muted wrap-anywhere">{a.text}{a.resolution && a.resolution !== a.text ? <span className="text-ink-faint">. Over: {a.resolution}</span> : null}</span>
    </span>
  );
}
