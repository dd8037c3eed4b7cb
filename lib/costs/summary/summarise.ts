import { addUsd } from "@/lib/costs/allocation-math";
import { toUsd, type Nanodollars } from "@/lib/costs/money";
import type { LedgerAllocation, LedgerRow } from "@/lib/costs/replica-time-source";
import { monthStart, samePart, type Window } from "@/lib/costs/summary/period";
import type { UseRow } from "@/lib/costs/summary/read-use";
import type { CostGrouping, CostSummary, Figures } from "@/lib/costs/summary/schema";
import { cellOf, Tally, type Cell } from "@/lib/costs/summary/tally";
import { totalOf } from "@/lib/costs/summary/total-of";
import { quantile } from "@/lib/observability/quantile";

export type CostLine = LedgerAllocation & { project: string; state: "running" | "stopped" | "deleted"; onCluster: boolean; cells: Map<string, Cell> };
type Input = {
  lines: readonly CostLine[];
  /** Rows of the same selection, from the last month's start or the time before the window on. */
  ledger: readonly LedgerRow[]; projectOf: (projectId: string) => string;
  previous: Window; now: Date; by: CostGrouping; latencies: ReadonlyMap<number, number[]> | null;
  /** p95 by day, where a cluster's source gave it and no histogram. */
  p95s: ReadonlyMap<number, number>;
};

/** Groups that one chart can tell apart; the rest is drawn as one. */
const APART = 2;
const MOST_GROUPS = 200;
const DAY_MS = 86_400_000;

/** A line's cells: cost by the ledger, use by the roll-ups. A line of which nothing at all was measured has none. Pure. */
export function cellsOf(a: LedgerAllocation, use: readonly UseRow[]): Map<string, Cell> {
  const mine = use.filter((u) => a.revisions.includes(u.revision));
  const perDay = Map.groupBy(mine, (u) => u.day);
  return new Map(a.cost.perDay.map(({ day, total, replicaSeconds }) => {
    const rows = perDay.get(Date.parse(day) / DAY_MS) ?? [];
    const unknown = mine.length === 0 || (rows.length === 0 && mine.some((u) => u.cluster));
    const sum = (of: (u: UseRow) => number | null) => rows.reduce((s: number | null, u) => { const more = of(u); return s === null || more === null ? null : s + more; }, 0);
    const predictions = sum((u) => (u.failed === null ? null : u.handled - u.failed));
    return [day, cellOf(total, replicaSeconds, unknown ? null : { busySeconds: sum((u) => u.computeSeconds), predictions: predictions === null ? null : Math.max(0, Math.round(predictions)) })];
  }));
}

/** Everything the costs page shows of a selection, but for what it is chosen from. Sums are exact: groups and days add up to the total. Pure. */
export function summarise({ lines, ledger, projectOf, previous, now, by, latencies, p95s }: Input): Pick<CostSummary, "total" | "month" | "days" | "series" | "groups" | "groupsLeft"> {
  const keyOf = groupKey(by);
  const days = [...new Set(lines.flatMap((l) => [...l.cells.keys()]))].sort();
  const tallies = { all: new Tally(), days: new Map(days.map((d) => [d, new Tally()])), groups: new Map<string, Tally>(), groupDays: new Map<string, Map<string, Tally>>() };
  for (const line of lines) {
    for (const [day, cell] of line.cells) {
      if (cell.replicaSeconds === 0) continue;
      tallies.all.add(cell);
      tallies.days.get(day)!.add(cell);
      const key = by === "day" ? day : keyOf(line.project, line);
      at(tallies.groups, key, () => new Tally()).add(cell);
      at(at(tallies.groupDays, key, () => new Map<string, Tally>()), day, () => new Tally()).add(cell);
    }
  }
  const before = new Map<string, Nanodollars | null>();
  if (by !== "day") for (const [key, rows] of Map.groupBy(ledger, (r) => keyOf(projectOf(r.projectId), r))) before.set(key, totalOf(rows, previous, now));
  const all = tallies.all.figures();
  const members = Map.groupBy(lines, (l) => (by === "day" ? "" : keyOf(l.project, l)));
  const groups = [...tallies.groups].map(([key, tally]) => {
    const of = by === "day" ? lines.filter((l) => (l.cells.get(key)?.replicaSeconds ?? 0) > 0) : members.get(key)!;
    const figures = tally.figures();
    return {
      key, label: by === "day" ? key : labelOf(by, of[0]!), ...figures, share: figures.total === null || !all.total ? null : figures.total / all.total, previousTotal: by === "day" ? null : usd(before.get(key) ?? 0n), estimate: of.some((l) => l.cost.estimate),
      project: by === "profile" || by === "day" ? null : of[0]!.project, deployments: new Set(of.map((l) => l.deploymentId)).size, models: names(of.map((l) => l.modelSlug)), profiles: names(of.map((l) => l.profileSlug)),
      state: by === "deployment" ? of[0]!.state : null,
    };
  });
  groups.sort(by === "day" ? (a, b) => b.key.localeCompare(a.key) : (a, b) => (b.total ?? Infinity) - (a.total ?? Infinity) || a.key.localeCompare(b.key));

  const dayFigures = new Map([...tallies.days].map(([day, tally]) => [day, tally.figures()]));
  const ofGroup = (key: string, day: string): Nanodollars | null => {
    const tally = tallies.groupDays.get(key)?.get(day);
    return tally ? tally.cost : 0n;
  };
  // A bar without one of its parts would read as less than it was: a day with an unknown part is a gap.
  const whole = <T>(day: string, value: () => T) => (dayFigures.get(day)!.total === null ? null : value());
  const apart = groups.length > APART + 1 ? groups.slice(0, APART) : groups;
  const rest = groups.slice(apart.length);
  const measured = all.used !== null || all.known.use !== null;
  const series = by === "day"
    ? measured ? USE.filter(({ key }) => key !== "unmeasured" || all.used === null).map(({ key, label }) => ({ key, label, days: days.map((d) => whole(d, () => useOf(dayFigures.get(d)!)[key])) })) : [{ key: "total", label: "Cost", days: days.map((d) => dayFigures.get(d)!.total) }]
    : [...apart.map((g) => ({ key: g.key, label: g.label, days: days.map((d) => whole(d, () => usd(ofGroup(g.key, d)))) })),
      ...(rest.length > 0 ? [{ key: "others", label: `${rest.length} others`, days: days.map((d) => whole(d, () => usd(rest.reduce((sum, g) => sum + (ofGroup(g.key, d) ?? 0n), 0n)))) }] : [])];

  const [thisMonth, part, last] = [{ from: monthStart(now), to: now }, { from: monthStart(now, -1), to: samePart(now) }, { from: monthStart(now, -1), to: monthStart(now) }].map((w) => usd(totalOf(ledger, w, now))) as [number | null, number | null, number | null];
  const unpriced = all.total === null;
  const estimate = lines.some((l) => l.cost.estimate);
  return {
    total: {
      ...all, perHour: addUsd(lines.map((l) => l.cost.perHour)), previousTotal: usd(totalOf(ledger, previous, now)), estimate,
      note: all.replicaSeconds === 0 ? "No replica existed in this time." : unpriced ? "No price on file for a part of it, so the sum is unknown." : estimate ? `${lines.every((l) => l.cost.estimate) ? "Estimate" : "Partly an estimate"}: measured replica time × a price that nobody bills as such.` : "Measured replica time × the price on file.",
    },
    month: { month: iso(monthStart(now)), toDate: thisMonth, lastMonth: iso(monthStart(now, -1)), lastMonthSamePart: part, lastMonthTotal: last, changeShare: thisMonth === null || !part ? null : (thisMonth - part) / part },
    days: days.map((day) => ({ day, ...dayFigures.get(day)!, p95Seconds: quantile(0.95, latencies?.get(Date.parse(day) / DAY_MS) ?? []) ?? p95s.get(Date.parse(day) / DAY_MS) ?? null })),
    series, groups: groups.slice(0, MOST_GROUPS), groupsLeft: Math.max(0, groups.length - MOST_GROUPS),
  };
}

const USE = [{ key: "used", label: "Used" }, { key: "idle", label: "Idle" }, { key: "unmeasured", label: "Not measured" }] as const;
/** A day's cost by what is known of its use; the three add up to it. Pure. */
function useOf(f: Figures): Record<(typeof USE)[number]["key"], number | null> {
  if (f.used !== null) return { used: f.used, idle: f.idle, unmeasured: 0 };
  const part = f.known.use;
  return { used: part?.used ?? 0, idle: part?.idle ?? 0, unmeasured: addUsd([f.total, part?.total == null ? 0 : -part.total]) };
}

const groupKey = (by: CostGrouping) => (project: string, r: { deploymentId: string; deploymentSlug: string; modelSlug: string; profileSlug: string }) =>
  by === "deployment" ? `${project}/${r.deploymentSlug}` : by === "model" ? `${project}/${r.modelSlug}` : by === "profile" ? r.profileSlug : project;
const labelOf = (by: CostGrouping, l: CostLine) => (by === "deployment" ? l.deploymentSlug : by === "model" ? l.modelSlug : by === "profile" ? l.profileSlug : l.project);
const usd = (nano: Nanodollars | null) => (nano === null ? null : toUsd(nano));
const iso = (d: Date) => d.toISOString().slice(0, 7);
const names = (all: string[]) => [...new Set(all)].sort();
function at<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}
