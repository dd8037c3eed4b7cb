import { toRows, type Series } from "./series";

const cell = (text: string) => (/[",\n]|^[=+\-@]/.test(text) ? `"${/^[=+\-@]/.test(text) ? "'" : ""}${text.replaceAll('"', '""')}"` : text);

/** As many digits as mean something: a machine's 0.30000000000000004 is 0.3. */
const figure = (value: number | null | undefined) => (value === null || value === undefined ? "" : String(Number(value.toPrecision(6))));

/** The figures behind a chart: UTC time and a column a series with its unit; an empty cell where nothing was measured. */
export function toCsv(series: readonly Series[], unit: string): string {
  const head = ["time", ...series.map((s) => cell(unit ? `${s.label} (${unit})` : s.label))].join(",");
  const lines = toRows(series).map((row) => [new Date(row.t).toISOString(), ...series.map((s) => figure(row[s.key]))].join(","));
  return [head, ...lines, ""].join("\n");
}
