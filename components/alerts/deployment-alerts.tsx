"use client";
import { useQuery } from "@tanstack/react-query";
import { BellPlus } from "lucide-react";
import Link from "next/link";
import { ActiveAlerts } from "@/components/alerts/active-alerts";
import { AlertHistory } from "@/components/alerts/alert-history";
import { AlertPhase } from "@/components/alerts/alert-phase";
import { useActiveAlerts, VALUES_MS } from "@/components/alerts/use-active-alerts";
import { StaleQuery } from "@/components/query/stale-query";
import { buttonClass } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Panel } from "@/components/ui/panel";
import { SkeletonText } from "@/components/ui/skeleton";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { alertRuleHref, newAlertRuleHref } from "@/lib/api-client/hrefs";
import { keys } from "@/lib/api-client/query-keys";
import type { RuleDto } from "@/lib/alerts/schema";
import { capital } from "@/lib/format/capital";

type Props = { project: string; deployment: string; mayWrite: boolean; nowMs: number };

/** A deployment's alerts: what fires, the rules that watch it, and what fired before. */
export function DeploymentAlerts({ project, deployment, mayWrite, nowMs }: Props) {
  const active = useActiveAlerts(VALUES_MS);
  const rules = useQuery({ queryKey: keys.alertRules(project), queryFn: ({ signal }) => fetchJson<{ items: RuleDto[] }>(`/api/v1/projects/${project}/alert-rules`, { signal }), refetchInterval: 30_000 });
  const own = (rules.data?.items ?? []).filter((r) => r.condition.kind !== "budget" && (r.deployment === null || r.deployment === deployment));
  const firing = (active.data?.items ?? []).filter((a) => a.project === project && a.deployment === deployment);
  const newRule = mayWrite ? <Link href={newAlertRuleHref(project, deployment)} className={buttonClass({ size: "sm" })}><BellPlus aria-hidden />New rule</Link> : undefined;
  return (
    <div className="grid gap-5">
      <StaleQuery query={active.isError ? active : rules} />
      <Panel flush title="Now" className="overflow-clip"><div className="border-t border-line">
        {active.isError && !active.data ? <ErrorState title="The alerts could not be read" reason={active.error.message} onRetry={() => void active.refetch()} retrying={active.isFetching} /> : <ActiveAlerts alerts={firing} loading={active.isPending} writable={mayWrite ? [project] : []} nowMs={nowMs} ofOne />}
      </div></Panel>
      <Panel flush title="Rules that watch it" actions={newRule}>
        {rules.isError && !rules.data ? <ErrorState title="The rules could not be read" reason={rules.error.message} onRetry={() => void rules.refetch()} retrying={rules.isFetching} />
          : rules.isPending ? <div className="p-4" role="status" aria-label="Loading"><SkeletonText lines={3} /></div>
          : own.length === 0 ? <p className="border-t border-line px-4 py-4 text-ink-muted">No rule watches {deployment} yet.</p> : (
            <ul className="divide-y divide-line border-t border-line">{own.map((r) => <Watching key={r.id} rule={r} deployment={deployment} />)}</ul>
          )}
      </Panel>
      <Panel flush title="History" className="overflow-clip"><div className="border-t border-line"><AlertHistory filters={{ project, deployment }} nowMs={nowMs} ofOne /></div></Panel>
    </div>
  );
}

function Watching({ rule: r, deployment }: { rule: RuleDto; deployment: string }) {
  const s = r.standings.find((x) => x.subject === deployment);
  return (
    <li className="grid grid-cols-[6.5rem_minmax(0,1fr)] items-start gap-x-4 px-4 py-2">
      {!r.enabled ? <AlertPhase standing="off" /> : !s || (s.phase === "ok" && s.noData !== null) ? <span className="text-sm text-ink-faint">{s ? "No data" : "Not yet"}</span> : <AlertPhase standing={s.phase === "firing" ? r.severity : s.phase} />}
      <span className="grid min-w-0"><Link href={alertRuleHref(r.id)} className="w-fit font-medium underline-offset-3 hover:underline wrap-anywhere">{r.name}</Link><span className="text-sm text-ink-muted wrap-anywhere">{capital(r.summary)}{s ? <span className="text-ink-faint">. {s.noData ?? s.text}</span> : null}</span></span>
    </li>
  );
}
