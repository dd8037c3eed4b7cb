"use client";
import { BellPlus } from "lucide-react";
import Link from "next/link";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { ActiveAlerts } from "@/components/alerts/active-alerts";
import { AlertHistory } from "@/components/alerts/alert-history";
import { EvaluationStale } from "@/components/alerts/evaluation-stale";
import { SilenceList } from "@/components/alerts/silence-list";
import { useActiveAlerts, VALUES_MS } from "@/components/alerts/use-active-alerts";
import { Button, buttonClass } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import { StaleBanner } from "@/components/ui/stale-banner";
import { newAlertRuleHref } from "@/lib/api-client/hrefs";

const ANY = "any";
const VIEWS = ["now", "history"] as const;
const SEVERITIES = ["critical", "warning"] as const;
const inUrl = { view: parseAsStringLiteral(VIEWS).withDefault("now"), project: parseAsString, severity: parseAsStringLiteral(SEVERITIES) };
type Props = { projects: { slug: string; name: string }[]; writable: string[]; nowMs: number };

/** What fires now, and what fired; filtered by project and severity, all of it in the address. */
export function AlertsPage({ projects, writable, nowMs }: Props) {
  const [{ view, project, severity }, setUrl] = useQueryStates(inUrl, { clearOnDefault: true });
  const active = useActiveAlerts(VALUES_MS);
  const all = active.data?.items ?? [];
  const shown = all.filter((a) => (project === null || a.project === project) && (severity === null || a.severity === severity));
  const filtered = shown.length < all.length;
  const maker = writable.find((p) => p === project) ?? writable[0];
  const newRule = maker ? <Link href={newAlertRuleHref(maker)} className={buttonClass()}><BellPlus aria-hidden />New rule</Link> : null;
  return (
    <div className="grid gap-5">
      {active.isError && active.data ? <StaleBanner since={<RelativeTime time={active.dataUpdatedAt} />} reason={active.error.message} onRetry={() => void active.refetch()} retrying={active.isFetching} /> : null}
      {active.data && !active.isError ? <EvaluationStale evaluated={all.map((a) => a.seenAt)} readMs={active.dataUpdatedAt} /> : null}
      <div className="panel overflow-clip">
        <div className="flex flex-wrap items-center gap-2 border-b border-line p-2.5">
          <SegmentedControl aria-label="Which alerts" value={view} onValueChange={(v) => void setUrl({ view: v })} options={[{ value: "now", label: "Now" }, { value: "history", label: "History" }]} size="md" />
          <div className="min-w-36 flex-1 sm:ml-auto sm:w-44 sm:flex-none"><Select aria-label="Project" value={project ?? ANY} onValueChange={(v) => void setUrl({ project: v === ANY ? null : v })} options={[{ value: ANY, label: "All projects" }, ...projects.map((p) => ({ value: p.slug, label: p.name }))]} /></div>
          <div className="min-w-36 flex-1 sm:w-40 sm:flex-none"><Select aria-label="Severity" value={severity ?? ANY} onValueChange={(v) => void setUrl({ severity: SEVERITIES.find((s) => s === v) ?? null })} options={[{ value: ANY, label: "Any severity" }, { value: "critical", label: "Critical" }, { value: "warning", label: "Warning" }]} /></div>
        </div>
        {view === "history" ? <AlertHistory filters={{ project: project ?? undefined, severity: severity ?? undefined }} nowMs={nowMs} />
          : active.isError && !active.data ? <ErrorState title="The alerts could not be read" reason={active.error.message} onRetry={() => void active.refetch()} retrying={active.isFetching} />
          : <ActiveAlerts alerts={shown} loading={active.isPending} writable={writable} nowMs={nowMs} filtered={filtered && shown.length === 0} emptyActions={filtered ? <Button onClick={() => void setUrl({ project: null, severity: null })}>Show all alerts</Button> : newRule} />}
      </div>
      <SilenceList project={project} writable={writable} nowMs={nowMs} />
    </div>
  );
}
