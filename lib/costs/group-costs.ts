import type { CostLine } from "@/lib/costs/schema";

export const COST_GROUPS = ["deployment", "model", "profile", "project"] as const;
export type CostGroup = (typeof COST_GROUPS)[number];

export type GroupedCost = {
  key: string;
  /** The lines it is made of, dearest first. */
  lines: CostLine[];
  total: number | null;
  used: number | null;
  idle: number | null;
  /** Share of the cost that was idle; null where that is unknown, or where nothing was spent. */
  idleShare: number | null;
  per1000Predictions: number | null;
  replicaHours: number;
  estimate: boolean;
  perDay: { day: string; total: number | null }[];
};

/** Pure: sums lines by what they have in common, dearest first. A sum with an unknown part is unknown: null, never less than it was. */
export function groupCosts(lines: readonly CostLine[], by: CostGroup): GroupedCost[] {
  const keyOf = (line: CostLine) => (by === "deployment" ? `${line.project}/${line.deployment}` : by === "model" ? `${line.project}/${line.model}` : line[by]);
  const groups = [...Map.groupBy(lines, keyOf)].map(([key, members]) => {
    const total = addUp(members.map((l) => l.cost.total));
    const idle = addUp(members.map((l) => l.cost.idle));
    const predictions = addUp(members.map((l) => l.predictions));
    return {
      key, lines: members, total, idle, used: addUp(members.map((l) => l.cost.used)), idleShare: idle !== null && total ? idle / total : null,
      per1000Predictions: total !== null && predictions ? (total / predictions) * 1000 : null,
      replicaHours: members.reduce((sum, l) => sum + l.cost.replicaSeconds, 0) / 3600, estimate: members.some((l) => l.cost.estimate),
      perDay: [...Map.groupBy(members.flatMap((l) => l.cost.perDay), (d) => d.day)].map(([day, rows]) => ({ day, total: addUp(rows.map((r) => r.total)) })).sort((a, b) => a.day.localeCompare(b.day)),
    };
  });
  return groups.sort((a, b) => (b.total ?? Infinity) - (a.total ?? Infinity) || a.key.localeCompare(b.key));
}

const addUp = (parts: (number | null)[]) => parts.reduce<number | null>((sum, part) => (sum === null || part === null ? null : sum + part), 0);
