import { describe, expect, it } from "vitest";
import { datadogDashboard } from "@/lib/observability/datadog/dashboard";
import { datadogLink } from "@/lib/observability/datadog/datadog-link";
import { podsOnDatadog } from "@/lib/observability/datadog/plan-queries";
import { DATADOG_SERVERS } from "@/lib/observability/datadog/servers";

type Request = { queries: { name: string; query: string; data_source: string }[]; formulas: { formula: string }[] };
type Widget = { definition: { type: string; title?: string; content?: string; requests?: Request[] } };
const NAMES = Object.keys(DATADOG_SERVERS) as (keyof typeof DATADOG_SERVERS)[];
const url = "https://s.example/app/harbour/deployments/iris";
const one = (name: (typeof NAMES)[number]) => datadogDashboard({ title: "harbour / iris", slipwayUrl: url, scope: { ...podsOnDatadog("slipway-a", "m-x", null), by: [] }, dialects: [name], withGpu: true });
const fleet = datadogDashboard({ title: "fleet", slipwayUrl: "https://s.example/app/fleet", scope: { pods: ["kube_namespace:slipway-a-*"], gpus: ["namespace:slipway-a-*"], by: ["kube_namespace", "kube_deployment"] }, dialects: NAMES, withGpu: true });

describe.each([...NAMES.map((n) => [`a deployment of ${n}`, one(n), "kube_deployment:m-x-r*"] as const), ["the fleet", fleet, "kube_namespace:slipway-a-*"] as const])("Datadog's dashboard of %s", (_, dashboard, scope) => {
  const widgets = dashboard.widgets as Widget[];
  const requests = widgets.flatMap((w) => w.definition.requests ?? []);
  it("has a formula over its own queries alone in every chart, each within the scope, and leads back to Slipway", () => {
    expect(dashboard.layout_type).toBe("ordered");
    expect(requests.length).toBeGreaterThan(8);
    for (const { queries, formulas } of requests) {
      const names = queries.map((q) => q.name);
      expect(new Set(names).size).toBe(names.length);
      const used = [...formulas[0]!.formula.replace(/default_zero/g, "").matchAll(/[a-z][a-zA-Z0-9_]*/g)].map((m) => m[0]);
      expect(new Set(used)).toEqual(new Set(names));
      for (const { query } of queries) {
        expect(query).toMatch(/^(sum|avg):[a-z0-9_.]+\{[^{}]+\}( by \{[a-z_,]+\})?(\.as_(count|rate)\(\))?$/);
        expect(query.includes(scope) || query.includes("dcgm")).toBe(true);
      }
    }
    expect(JSON.stringify(widgets[0])).toContain("https://s.example/app/");
    expect(widgets[0]!.definition.content).toContain("Percentiles are on Slipway's page");
  });
});

it("a deployment's pods are found in Datadog by its link, on the account's own site", () => {
  expect(datadogLink({ kind: "datadog", site: "us5.datadoghq.com" }, "ns", "m-x")).toBe("https://us5.datadoghq.com/orchestration/explorer/pod?query=kube_namespace%3Ans%20kube_deployment%3Am-x-r*");
  expect(datadogLink({ kind: "datadog", site: "datadoghq.eu" }, "ns", "m-x")).toMatch(/^https:\/\/app\.datadoghq\.eu\//);
  expect(datadogLink({ kind: "prometheus", url: "http://p" }, "ns", "m-x")).toBeNull();
});
