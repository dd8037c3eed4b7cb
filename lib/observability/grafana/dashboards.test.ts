import { parser } from "@prometheus-io/lezer-promql";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { dashboardConfigMap } from "@/lib/observability/grafana/config-map";
import { deploymentDashboard } from "@/lib/observability/grafana/deployment-dashboard";
import { fleetDashboard } from "@/lib/observability/grafana/fleet-dashboard";
import { planQueries } from "@/lib/observability/promql/plan-queries";
import { DIALECTS } from "@/lib/observability/promql/dialects";

type Panel = { id: number; type: string; title: string; gridPos: { x: number; y: number; w: number; h: number }; datasource?: object; links?: { url: string }[]; targets?: { refId: string; expr: string }[]; options: { content?: string } };
const panelsOf = (dashboard: Record<string, unknown>) => dashboard.panels as Panel[];

/** As Grafana asks: its variables in their place. */
const asked = (expr: string) => expr.replaceAll("$__rate_interval", "2m");
function faults(expression: string): string[] {
  const found: string[] = [];
  parser.parse(expression).iterate({ enter: (node) => { if (node.type.isError) found.push(expression.slice(Math.max(0, node.from - 20), node.to + 20)); } });
  return found;
}

const NAMES = Object.keys(DIALECTS) as (keyof typeof DIALECTS)[];
const where = { namespace: "slipway-a-b-c", name: "m-x", edge: { kind: "envoy", route: "httproute/ns/m/rule/0" } } as const;
const of = (name: keyof typeof DIALECTS, accelerators = 1) => deploymentDashboard({ uid: "slipway-x", project: "harbour", deployment: "iris", slipwayUrl: "https://s.example/app/harbour/deployments/iris", dialect: DIALECTS[name], accelerators, ...where });
const fleet = fleetDashboard({ uid: "slipway-fleet-x", target: "eks", namespacePrefix: "slipway-a-", dialects: Object.values(DIALECTS), slipwayUrl: "https://s.example/app/deployments" });

describe.each([...NAMES.map((n) => [`a deployment of ${n}`, of(n)] as const), ["the fleet", fleet] as const])("the dashboard of %s", (_, dashboard) => {
  it("asks nothing that Prometheus' own grammar does not take, once Grafana's variables are filled in", () => {
    const queries = panelsOf(dashboard).flatMap((p) => p.targets ?? []);
    expect(queries.length).toBeGreaterThan(6);
    for (const { expr } of queries) {
      expect(faults(asked(expr)), expr).toEqual([]);
      expect(asked(expr)).not.toContain("$__");
    }
  });

  it("has panels with ids and places of their own, a data source to choose, and leads back to Slipway", () => {
    const panels = panelsOf(dashboard);
    expect(new Set(panels.map((p) => p.id)).size).toBe(panels.length);
    expect(new Set(panels.map((p) => `${p.gridPos.x},${p.gridPos.y}`)).size).toBe(panels.length);
    for (const p of panels.filter((p) => p.type === "timeseries")) {
      expect(p.datasource).toEqual({ type: "prometheus", uid: "${DS}" });
      expect(p.links?.[0]?.url).toMatch(/^https:\/\/s\.example\/app\//);
      expect(new Set(p.targets!.map((t) => t.refId)).size).toBe(p.targets!.length);
    }
  });
});

it("asks the very queries the deployment's page asks", () => {
  const { measures } = planQueries({ dialect: DIALECTS.slipway, accelerators: 0, revision: null, window: "$__rate_interval", ...where });
  const exprs = panelsOf(of("slipway", 0)).flatMap((p) => (p.targets ?? []).map((t) => t.expr));
  for (const m of ["p50", "p95", "p99", "requestsPerSecond", "errorRate", "cpu", "replicas"] as const) expect(exprs).toContain((measures[m] as { expression: string }).expression);
});

it("says in words what a server cannot tell", () => {
  const text = panelsOf(of("slipway", 0)).find((p) => p.type === "text")?.options.content;
  expect(text).toContain("does not count tokens");
  expect(text).toContain("no GPU");
});

it("is taken up by Grafana's sidecar as a ConfigMap", () => {
  const map = parse(dashboardConfigMap(fleet, "slipway-fleet-x")) as { kind: string; metadata: { name: string; labels: Record<string, string> }; data: Record<string, string> };
  expect([map.kind, map.metadata.labels.grafana_dashboard]).toEqual(["ConfigMap", "1"]);
  expect(JSON.parse(map.data["slipway-fleet-x.json"]!)).toEqual(fleet);
});
