import { dashboardOf, type PanelSpec } from "@/lib/observability/grafana/dashboard";
import { MEASURE_PANELS, MEASURE_WORDS } from "@/lib/observability/grafana/measure-panels";
import { planQueries, type PlanInput } from "@/lib/observability/promql/plan-queries";

/** Grafana's own window of a rate: at least four scrapes, at least a step. */
export const RATE_WINDOW = "$__rate_interval";

export type DeploymentDashboard = Omit<PlanInput, "window" | "revision"> & { uid: string; project: string; deployment: string; slipwayUrl: string };

/** Pure: the dashboard of one deployment, by the very queries its page asks; what its server cannot tell is said in words. */
export function deploymentDashboard({ uid, project, deployment, slipwayUrl, ...plan }: DeploymentDashboard): Record<string, unknown> {
  const { measures, errorsByCause } = planQueries({ ...plan, revision: null, window: RATE_WINDOW });
  const missing = new Set<string>();
  const panels = MEASURE_PANELS.flatMap(({ measures: shown, ...panel }): PanelSpec[] => {
    const queries = shown.flatMap((m) => {
      const p = measures[m];
      if ("absent" in p) {
        missing.add(`${panel.title}: ${p.absent}`);
        return [];
      }
      return [{ expr: p.expression, legend: MEASURE_WORDS[m] ?? m }];
    });
    return queries.length === 0 ? [] : [{ ...panel, queries }];
  });
  if ("absent" in errorsByCause) missing.add(`errors by cause: ${errorsByCause.absent}`);
  else panels.splice(3, 0, { title: "Errors by cause", unit: "reqps", queries: [{ expr: errorsByCause.expression, legend: `{{${errorsByCause.label}}}` }] });
  return dashboardOf({ uid, title: `${project} / ${deployment}`, tags: ["slipway", `project:${project}`], panels, slipwayUrl, notes: [...missing] });
}
