"use client";
import Link from "next/link";
import { daysInWords } from "@/components/costs/known-words";
import { Comparison, Reasons, SourceLine } from "@/components/costs/measured-panel";
import { whyNoUnitCost } from "@/components/deployments/cost-words";
import { useDeploymentCost } from "@/components/deployments/use-deployment-measures";
import { Badge } from "@/components/ui/badge";
import { ErrorState } from "@/components/ui/error-state";
import { KeyValueList } from "@/components/ui/key-value-list";
import { Panel } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";
import { StackedBar } from "@/components/ui/stacked-bar";
import type { MeasuredCosts } from "@/lib/costs/schema";
import { formatMoney } from "@/lib/format/money";
import { formatCount, formatPercent } from "@/lib/format/number";

const DAY_MS = 86_400_000;
const WINDOW_MS = 30 * DAY_MS;

/** What the deployment cost, and how much of it was of use. */
export function CostPanel({ project, slug, createdAt }: { project: string; slug: string; createdAt: string }) {
  const { data: cost, error, refetch, isFetching } = useDeploymentCost(project, slug);
  const links = <Link href={`/app/${encodeURIComponent(project)}/costs?deployment=${encodeURIComponent(slug)}`} className="link text-sm">Costs by day</Link>;
  if (!cost) return <Panel title="Cost" actions={links}>{error ? <ErrorState className="py-4!" title="The cost could not be read" reason={error.message} onRetry={() => void refetch()} retrying={isFetching} /> : <div role="status" aria-label="The cost is loading" className="grid gap-3"><Skeleton /><Skeleton /><Skeleton className="w-2/3" /></div>}</Panel>;
  const whole = Date.parse(cost.to) - Date.parse(createdAt) < WINDOW_MS;
  const days = cost.perDay.filter((d) => d.replicaSeconds > 0);
  // Days as they passed: those at both ends of the window count for their part.
  const passed = Math.min(WINDOW_MS, Date.parse(cost.to) - Date.parse(createdAt)) / DAY_MS;
  const today = cost.perDay.find((d) => d.day === cost.to.slice(0, 10));
  // Where use is not known of every day, that of the others is shown, and which they are.
  const use = cost.known.use ?? cost;
  const asked = { ...cost, ...cost.known.predictions };
  const money = (usd: number | null, unknown: string) => (usd === null ? <span className="text-ink-faint">{unknown}</span> : <span className="figure">{formatMoney(usd)}</span>);
  return (
    <Panel title={<>Cost{cost.estimate ? <> <Badge className="ml-1">estimate</Badge></> : null}</>} className="flex flex-col [&>footer]:mt-auto" actions={links} footer={cost.priceNote ?? cost.note}>
      <div className="grid gap-4">
        <KeyValueList items={[
          { label: whole ? "So far" : "Last 30 days", value: money(cost.total, "no price on file") },
          { label: "Today (UTC)", value: today ? money(today.total, "no price on file") : <span className="text-ink-muted">nothing ran</span> },
          { label: "Per day", value: cost.perHour === null ? money(null, "no price on file") : <><span className="figure">{formatMoney(cost.perHour * 24)}</span> <span className="text-sm text-ink-muted">with the replicas of now{passed >= 2 && cost.total !== null ? `; ${formatMoney(cost.total / passed)} on average` : ""}</span></> },
          { label: "Per 1,000", value: asked.per1000Predictions === null ? <span className="text-ink-muted">{whyNoUnitCost(asked)}</span> : <><span className="figure">{formatMoney(asked.per1000Predictions)}</span> <span className="text-sm text-ink-muted">{formatCount(asked.predictions)} predictions{cost.loadTestPredictions > 0 ? `, ${formatCount(cost.loadTestPredictions)} of them by load tests` : ""}</span></> },
        ]} />
        {use.total !== null && use.total > 0 && use.used !== null && use.idle !== null
          ? <StackedBar label="Used and idle" capacity={null} capacityText={`${formatPercent(use.idle / use.total)} idle`} parts={[{ label: "Used", value: use.used, valueText: formatMoney(use.used), tone: "strong" }, { label: "Idle", value: use.idle, valueText: formatMoney(use.idle), tone: "faint" }]} />
          : <p className="text-sm text-ink-muted">{cost.total === 0 ? "No replica has run yet." : asked.predictions === null ? "How much of it was used is not measured yet." : "How much of it was used is not known: its model server does not tell how long it was busy."}</p>}
        {cost.missingDays.length > 0 && asked.predictions !== null ? <p className="text-sm text-ink-muted">Predictions, used and idle are of {days.length - cost.missingDays.length} of {days.length} days. Not known: {daysInWords(cost.missingDays)}.</p> : null}
        {cost.measured ? <Measured measured={cost.measured} /> : null}
      </div>
    </Panel>
  );
}

/** What the cluster's cost tool says of it, and why that is another figure. */
function Measured({ measured: { sources, lines } }: { measured: MeasuredCosts }) {
  return (
    <div className="grid gap-2 border-t border-line pt-3">
      <p className="text-sm font-medium">As the cluster measured it</p>
      {sources.map((s) => <div key={s.target} className="text-sm"><SourceLine s={s} /></div>)}
      {lines.length === 0 ? <p className="text-sm text-ink-muted">No whole day of it is on file yet.</p> : lines.map((l) => <div key={l.target} className="grid gap-1"><Comparison l={l} /><Reasons l={l} /></div>)}
    </div>
  );
}
