import { dashboardOf, type PanelSpec } from "@/lib/observability/grafana/dashboard";
import { RATE_WINDOW } from "@/lib/observability/grafana/deployment-dashboard";
import { CONTAINER_MEASURES, type ContainerMeasure } from "@/lib/observability/promql/container";
import { isAbsent, type Dialect, type ServerMeasure } from "@/lib/observability/promql/dialect";
import { Promql, quoted, literally } from "@/lib/observability/promql/promql";

type Chart = Omit<PanelSpec, "queries"> & { measure: ServerMeasure | ContainerMeasure };
const CHARTS: readonly Chart[] = [
  { title: "p99", unit: "s", measure: "p99" }, { title: "p95", unit: "s", measure: "p95" }, { title: "Traffic", unit: "reqps", measure: "requestsPerSecond" }, { title: "Errors", unit: "percentunit", max: 1, measure: "errorRate" },
  { title: "Waiting", unit: "short", measure: "queue" }, { title: "Replicas", unit: "short", measure: "replicas" }, { title: "Processor", unit: "short", measure: "cpu", description: "Cores in use" }, { title: "Memory", unit: "bytes", measure: "memory" },
  { title: "GPU", unit: "percentunit", max: 1, measure: "gpu" }, { title: "Restarts", unit: "short", measure: "restarts" },
];
const LEGEND = "{{namespace}} {{slipway_deployment}}";

export type FleetDashboard = { uid: string; target: string; /** What every namespace of this installation begins with. */ namespacePrefix: string; dialects: readonly Dialect[]; slipwayUrl: string };

/** Pure: every deployment of a target on the same charts, a line each. One query a chart and kind of server, whatever the number of deployments. */
export function fleetDashboard({ uid, target, namespacePrefix, dialects, slipwayUrl }: FleetDashboard): Record<string, unknown> {
  const q = new Promql({ pods: `namespace=~${quoted(`${literally(namespacePrefix)}.+`)},pod=~".+-r[0-9]+-.+"`, window: RATE_WINDOW, perDeployment: true });
  const servers = dialects.map((d) => ({ title: d.title, measures: d.measures(q) }));
  const notes = new Set<string>();
  const panels = CHARTS.flatMap(({ measure, ...panel }): PanelSpec[] => {
    if (measure in CONTAINER_MEASURES) return [{ ...panel, queries: [{ expr: CONTAINER_MEASURES[measure as ContainerMeasure].expression(q), legend: LEGEND }] }];
    const queries = servers.flatMap(({ title, measures }) => {
      const e = measures[measure as ServerMeasure];
      if (isAbsent(e)) {
        notes.add(`${panel.title}, ${title}: ${e.absent}`);
        return [];
      }
      return [{ expr: e, legend: LEGEND }];
    });
    return queries.length === 0 ? [] : [{ ...panel, queries }];
  });
  return dashboardOf({ uid, title: `Slipway fleet on ${target}`, tags: ["slipway", "slipway-fleet"], panels, slipwayUrl, notes: [...notes] });
}
