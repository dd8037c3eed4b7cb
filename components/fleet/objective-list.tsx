import { Target } from "lucide-react";
import Link from "next/link";
import { EmptyState } from "@/components/ui/empty-state";
import { Panel } from "@/components/ui/panel";
import { Status } from "@/components/ui/status";
import { alertRuleHref, deploymentHref } from "@/lib/api-client/hrefs";
import type { Fleet, FleetObjective } from "@/lib/fleet/schema";
import { formatCount, formatPercent } from "@/lib/format/number";

/** What is left of each error budget, the least first. */
export function ObjectiveList({ fleet, newRuleHref }: { fleet: Fleet; newRuleHref: string | null }) {
  const rows = [...fleet.objectives].sort((a, b) => (a.budgetLeft ?? 2) - (b.budgetLeft ?? 2) || a.deployment.localeCompare(b.deployment));
  return (
    <Panel title="Error budgets" description={`Of the last ${fleet.budgetDays} days, for each objective that a rule watches`} flush>
      <div className="border-t border-line">
        {rows.length === 0 ? <EmptyState headingLevel={3} icon={<Target aria-hidden />} title="No objective is set" actions={newRuleHref ? <Link href={newRuleHref} className="link">Set one by a rule</Link> : undefined}>A rule of the kind Objective says how many requests should succeed; what it may still fail shows here.</EmptyState> : (
          <ul className="divide-y divide-line">{rows.map((o) => <Objective key={`${o.ruleId} ${o.deployment}`} o={o} />)}</ul>
        )}
      </div>
    </Panel>
  );
}

function Objective({ o }: { o: FleetObjective }) {
  const left = o.budgetLeft;
  const tone = left === null ? null : left <= 0 ? "failed" : left < 0.25 ? "warning" : "ready";
  return (
    <li className="grid gap-1.5 px-4 py-2.5 sm:grid-cols-[minmax(0,1fr)_12rem] sm:items-center sm:gap-x-6">
      <span className="grid min-w-0">
        <span className="truncate"><Link href={deploymentHref(o.project, o.deployment)} className="font-medium underline-offset-3 hover:underline">{o.deployment}</Link> <span className="text-sm text-ink-faint">{o.project}</span></span>
        <span className="text-sm text-ink-muted"><Link href={alertRuleHref(o.ruleId)} className="link">{o.rule}</Link>, {o.objectivePercent} %{o.requests ? `: ${formatCount(o.errors)} of ${formatCount(o.requests)} failed` : ""}</span>
      </span>
      {left === null || tone === null ? <span className="text-sm text-ink-faint">{o.why ?? "No request was counted yet."}</span> : (
        <span className="grid gap-1">
          <Status state={tone} size="sm">{left < 0 ? `overdrawn by ${formatPercent(-left)}` : `${formatPercent(left)} left`}</Status>
          <span role="meter" aria-label={`Error budget of ${o.deployment}`} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(Math.max(0, left) * 100)} className="h-1.5 overflow-hidden rounded-full bg-selected"><span className={`block h-full rounded-full ${{ ready: "bg-ready", warning: "bg-warning", failed: "bg-failed" }[tone]}`} style={{ width: `${Math.max(0, left) * 100}%` }} /></span>
        </span>
      )}
    </li>
  );
}
