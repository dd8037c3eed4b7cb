import { readLines } from "@/lib/costs/summary/cost-summary";
import { readMeasured } from "@/lib/costs/sources/read-measured";
import type { CostFilters } from "@/lib/costs/summary/schema";
import { Tally } from "@/lib/costs/summary/tally";
import { csvCell } from "@/lib/format/csv-cell";

const HEAD = ["day", "project", "deployment", "model", "profile", "state", "replica_seconds", "cost_usd", "used_usd", "idle_usd", "predictions", "usd_per_1000_predictions", "estimate", "price", "measured_usd", "measured_by"];

/** Every line and day of a selection as CSV, oldest first. What is unknown is an empty cell. `measured_usd` is of the whole deployment, in the row of its first profile of that day. */
export async function exportCosts(projects: readonly { id: string; slug: string }[], filters: CostFilters, now = new Date()): Promise<string> {
  const { lines, window } = await readLines(projects, filters, now);
  const measured = new Map((await readMeasured({ window, projectIds: projects.map((p) => p.id) })).map((m) => [`${m.deploymentId} ${m.day}`, m]));
  const rows = lines.flatMap((l) => [...l.cells].flatMap(([day, cell]) => {
    if (cell.replicaSeconds === 0) return [];
    const tally = new Tally();
    tally.add(cell);
    const f = tally.figures();
    return [{ day, l, f }];
  })).sort((a, b) => a.day.localeCompare(b.day) || a.l.project.localeCompare(b.l.project) || a.l.deploymentSlug.localeCompare(b.l.deploymentSlug) || a.l.profileSlug.localeCompare(b.l.profileSlug));
  const text = rows.map(({ day, l, f }) => {
    const key = `${l.deploymentId} ${day}`;
    const told = measured.get(key);
    measured.delete(key);
    return [day, l.project, l.deploymentSlug, l.modelSlug, l.profileSlug, l.state, f.replicaSeconds, f.total, f.used, f.idle, f.predictions, f.per1000Predictions, l.cost.estimate, l.priceNote, told?.total ?? null, told?.source ?? null].map(csvCell).join(",");
  });
  return [HEAD.join(","), ...text, ""].join("\n");
}
