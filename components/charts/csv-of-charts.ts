import { toCsv } from "./csv";
import type { Series } from "./series";

type Charted = { title: string; unit: string; series: readonly Series[] };

/** The figures of several charts on one time axis as one table: a column a series, named by its chart, with its unit. */
export function csvOfCharts(charts: readonly Charted[]): string {
  const series = charts.flatMap((c) => [...c.series].sort((a, b) => Number(a.ghost ?? false) - Number(b.ghost ?? false)).map((s): Series => ({ ...s, key: `${c.title}/${s.key}`, label: `${c.title}${c.series.length > 1 || s.label !== c.title ? `, ${s.label}` : ""}${c.unit ? ` (${c.unit})` : ""}` })));
  return toCsv(series, "");
}
