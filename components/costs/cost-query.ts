import { createLoader, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { COST_PERIODS, type CostPeriod } from "@/lib/costs/summary/period";
import { COST_GROUPINGS, costSummaryQuerySchema, type CostGrouping, type CostSummaryQuery } from "@/lib/costs/summary/schema";

/** What the page's address may say. */
export const costParsers = {
  period: parseAsStringLiteral(COST_PERIODS).withDefault("30d"), by: parseAsStringLiteral(COST_GROUPINGS).withDefault("deployment"),
  project: parseAsString, model: parseAsString, profile: parseAsString, deployment: parseAsString,
};
export type CostView = { period: CostPeriod; by: CostGrouping; project: string | null; model: string | null; profile: string | null; deployment: string | null };
export const loadCostView = createLoader(costParsers);

/** The API's query of a view, as text: what the server reads ahead and the browser asks for are the same. `project`: the page's own. */
export function costQueryText(view: CostView, project: string | null): string {
  const by = project && view.by === "project" ? "deployment" : view.by;
  const query = new URLSearchParams({ period: view.period, by });
  for (const name of ["project", "model", "profile", "deployment"] as const) if (view[name] && !(name === "project" && project)) query.set(name, view[name]);
  return query.toString();
}

/** The same, as the verb takes it; null where the address names what no slug can be. */
export function costQueryOf(view: CostView, project: string | null): CostSummaryQuery | null {
  const { project: one, ...rest } = Object.fromEntries(new URLSearchParams(costQueryText(view, project)));
  const parsed = costSummaryQuerySchema.safeParse(rest);
  return parsed.success ? { ...parsed.data, ...(one ? { project: one } : {}) } : null;
}
