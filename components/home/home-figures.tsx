import { StatRow, StatTile } from "@/components/ui/stat-tile";
import { COUNTED_LATE, ofPart } from "@/components/costs/known-words";
import type { CostReport } from "@/lib/costs/schema";
import { formatCount, formatPercent } from "@/lib/format/number";
import { formatMoney, formatMoneyPerHour } from "@/lib/format/money";
import type { Overview } from "@/lib/overview/schema";

const sumOf = (projects: Overview["projects"], phases: readonly (keyof Overview["projects"][number]["phases"])[]) =>
  projects.reduce((sum, p) => sum + phases.reduce((n, phase) => n + (p.phases[phase] ?? 0), 0), 0);

/** The figures of the whole, on one line. */
export function HomeFigures({ projects, attention, costs, costsLoading }: { projects: Overview["projects"]; attention: number; costs: CostReport | undefined; costsLoading: boolean }) {
  const changing = sumOf(projects, ["Pending", "Deploying", "Updating", "Stopping", "Deleting"]);
  const label = costs?.total.estimate ? "estimate" : undefined;
  // Where use is not known of everything, of the part that it is.
  const use = costs?.known.use ?? costs?.total;
  const asked = costs?.known.predictions ?? (costs ? { ...costs.total, predictions: costs.predictions } : undefined);
  const idleShare = use?.idle != null && use.total ? use.idle / use.total : null;
  return (
    <StatRow>
      <StatTile label="Serving" figure={formatCount(sumOf(projects, ["Ready", "Degraded"]))} unit={`of ${formatCount(projects.reduce((sum, p) => sum + p.deployments, 0))}`} note={changing > 0 ? `${changing} changing now` : "nothing is changing"} />
      <StatTile label="Need attention" figure={formatCount(attention)} note={attention === 0 ? "nothing waits" : "listed below"} />
      <StatTile label="Cost, 7 days" loading={costsLoading} figure={costs?.total.total == null ? null : formatMoney(costs.total.total)} unknown={costs ? "no price on file" : "could not be read"} note={label} />
      <StatTile label="Cost now" loading={costsLoading} figure={costs?.total.perHour == null ? null : formatMoneyPerHour(costs.total.perHour)} unknown={costs ? "no price on file" : "could not be read"} note={label} />
      <StatTile label="Idle share" loading={costsLoading} figure={idleShare === null ? null : formatPercent(idleShare)} unknown="not measured yet" note={costs?.known.use ? ofPart(costs.known.use.total, costs.total.total) : "of the cost, 7 days"} />
      <StatTile label="Per 1,000 predictions" loading={costsLoading} figure={asked?.per1000Predictions == null ? null : formatMoney(asked.per1000Predictions)} unknown={asked?.predictions === 0 ? "no predictions" : "not measured yet"} note={asked?.per1000Predictions == null ? undefined : [costs?.known.predictions ? ofPart(costs.known.predictions.total, costs.total.total) : label, COUNTED_LATE].filter(Boolean).join("; ")} />
    </StatRow>
  );
}
