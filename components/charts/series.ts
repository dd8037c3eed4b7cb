/** [time in ms since the epoch, value, or null where nothing was measured]. */
export type Point = readonly [timeMs: number, value: number | null];
export type Measure = "latency" | "errors" | "traffic" | "cost" | "utilisation";
/** `weight` 1 faint … 3 strong; left out, an only series is drawn in the middle tone and several go from faint to strong. */
export type Series = { key: string; label: string; points: readonly Point[]; weight?: 1 | 2 | 3; /** What it is compared with: drawn thin and grey behind the others. */ ghost?: boolean };
/** What a mark tells of: the legend names them. */
export type MarkKind = "revision" | "scaling" | "alert" | "interruption" | "failure";
/** A vertical line: a deploy, a scaling, an interruption, an alert. */
export type Mark = { timeMs: number; label: string; kind?: MarkKind; state?: "ready" | "progressing" | "warning" | "failed" | "stopped" };
export type Row = { t: number } & Record<string, number | null>;

/** A series' place in its hue family: the last of several is the strong one, as p99 is of p50, p95, p99. */
export function weightOf(series: readonly Series[], index: number): 1 | 2 | 3 {
  const own = series.filter((s) => !s.ghost).length;
  const place = series.slice(0, index).filter((s) => !s.ghost).length;
  return series[index]?.weight ?? (own === 1 ? 2 : (Math.max(1, 3 - (own - 1 - place)) as 1 | 2 | 3));
}

/** Colour, width and dash of a series: told apart without the colour too. An only series is always solid. */
export function strokeOf(measure: Measure, series: readonly Series[], index: number) {
  if (series[index]?.ghost) return { stroke: "var(--color-ink-faint)", strokeWidth: 1.25, strokeDasharray: "1 3" };
  const weight = weightOf(series, index);
  const strong = weight === 3 || series.filter((s) => !s.ghost).length === 1;
  return {
    stroke: `var(--color-${measure}-${weight})`,
    strokeWidth: strong ? 2 : 1.5,
    strokeDasharray: strong ? undefined : weight === 2 ? "6 3" : "2 3",
  };
}

/** One row a time with a cell a series, in order of time. A time that a series lacks is null: a gap, never a straight line across. */
export function toRows(series: readonly Series[]): Row[] {
  const rows = new Map<number, Row>();
  for (const s of series) {
    for (const [t, value] of s.points) {
      let row = rows.get(t);
      if (!row) rows.set(t, (row = { t } as Row));
      row[s.key] = value;
    }
  }
  const keys = series.map((s) => s.key);
  return [...rows.values()].sort((a, b) => a.t - b.t).map((row) => Object.assign(Object.fromEntries(keys.map((k) => [k, null])), row) as Row);
}
