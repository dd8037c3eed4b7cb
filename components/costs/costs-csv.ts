import type { CostReport } from "@/lib/costs/schema";

/** Text that a spreadsheet takes for a formula is quoted with an apostrophe before it. */
const cell = (value: string | number | boolean | null) => {
  if (typeof value === "number") return String(value);
  const text = value === null ? "" : String(value);
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

const HEAD = ["from", "to", "day", "project", "deployment", "model", "profile", "state", "replica_seconds", "cost_usd", "estimate", "window_cost_usd", "window_used_usd", "window_idle_usd", "window_predictions", "window_usd_per_1000_predictions", "price"];

/** Every line and day of a report. What is unknown is an empty cell. */
export function costsCsv(report: CostReport): string {
  const rows = report.deployments.flatMap((l) => l.cost.perDay.filter((d) => d.replicaSeconds > 0).map((d) => [
    report.from, report.to, d.day, l.project, l.deployment, l.model, l.profile, l.state, d.replicaSeconds, d.total, l.cost.estimate,
    l.cost.total, l.cost.used, l.cost.idle, l.predictions, l.cost.per1000Predictions, l.priceNote,
  ].map(cell).join(",")));
  return [HEAD.join(","), ...rows, ""].join("\n");
}
