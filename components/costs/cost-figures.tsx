import { StatRow, StatTile } from "@/components/ui/stat-tile";
import type { CostReport } from "@/lib/costs/schema";
import { formatMoney, formatMoneyPerHour } from "@/lib/format/money";
import { formatCount, formatPercent } from "@/lib/format/number";
import { formatReplicaHours } from "./replica-hours";

/** The window in figures; each unknown one says why. */
export function CostFigures({ report: { total, predictions } }: { report: CostReport }) {
  const label = total.estimate ? "estimate" : "price on file";
  const unpriced = "no price for a part";
  const idleShare = total.idle !== null && total.total ? total.idle / total.total : null;
  return (
    <StatRow>
      <StatTile label="Cost" figure={total.total === null ? null : formatMoney(total.total)} unknown={unpriced} note={label} />
      <StatTile label="Used" figure={total.used === null ? null : formatMoney(total.used)} unknown={total.total === null ? unpriced : "not measured yet"} note={total.used === null ? undefined : "while computing"} />
      <StatTile label="Idle share" figure={idleShare === null ? null : formatPercent(idleShare)} unknown={total.total === null ? unpriced : "not measured yet"} note={total.idle === null ? undefined : `${formatMoney(total.idle)} paid for and unused`} />
      <StatTile label="Per 1,000 predictions" figure={total.per1000Predictions === null ? null : formatMoney(total.per1000Predictions)} unknown={predictions === null ? "not measured yet" : predictions > 0 ? unpriced : "no predictions"} note={predictions === null ? undefined : `${formatCount(predictions)} predictions`} />
      <StatTile label="Now" figure={total.perHour === null ? null : formatMoneyPerHour(total.perHour)} unknown={unpriced} note={label} />
      <StatTile label="Replica time" figure={formatReplicaHours(total.replicaSeconds / 3600)} unit="h" />
    </StatRow>
  );
}
