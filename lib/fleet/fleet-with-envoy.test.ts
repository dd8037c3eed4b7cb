import { expect, it } from "vitest";
import type { FleetFigures } from "@/lib/fleet/fleet-with-alb";
import { fleetWithEnvoy } from "@/lib/fleet/fleet-with-envoy";
import type { OnCluster } from "@/lib/fleet/read-cluster-fleet";
import type { Ask } from "@/lib/observability/prometheus/ask";
import { DIALECTS } from "@/lib/observability/promql/dialects";
import { UselessAnswer } from "@/lib/observability/useless-answer";

const route = (i: number) => `httproute/slipway-${i % 3}/m-${i}/rule/0`;
const on = (count: number): OnCluster[] => Array.from({ length: count }, (_, i) => ({ id: `d${i}`, dialect: "torchserve", cores: 1, series: { dialect: DIALECTS.torchserve, namespace: `slipway-${i % 3}`, name: `m-${i}`, revision: null, accelerators: 0, edge: { kind: "envoy", route: route(i) }, window: "5m" } }));
const known: FleetFigures = { requests: 500, p99Seconds: null, errorRate: 0.01, utilisation: 0.4, utilisationOf: "processor", cells: [], why: "It keeps a mean.", budget: { requests: 1000, errors: 10, why: null }, answered: true };
const silent: FleetFigures = { ...known, requests: null, errorRate: null, why: "Nothing was found.", budget: { requests: null, errors: null, why: "Nothing in 7 days." } };
const asked = { windowSeconds: 3600, cellSeconds: 60, now: new Date("2026-11-27T12:00:00Z"), budgets: true };

/** Envoy counted two requests a second, a quarter of them failed, p99 80 ms, of every route but d2's. */
function envoy(count: number) {
  const queries: string[] = [];
  const ask: Ask = async (path, { query }) => {
    queries.push(`${path} ${query}`);
    const value = query!.includes("rq_time_bucket") ? 0.08 : query!.includes("rq_xx") ? 0.25 : 2;
    return { series: Array.from({ length: count }, (_, i) => i).filter((i) => i !== 2).map((i) => ({ labels: { envoy_cluster_name: route(i) }, points: [[asked.now.getTime() / 1000, value]] })), warnings: [] };
  };
  return { ask, queries };
}

it("fills in what is lacking from Envoy, by six queries however many deployments there are, and leaves alone what is known or failed", async () => {
  const figures = new Map([["d0", known], ["d1", silent], ["d2", silent], ["d3", { ...silent, answered: false }], ["d4", { ...known, p99Seconds: 0.5 }]]);
  const { ask, queries } = envoy(60);
  const filled = await fleetWithEnvoy(figures, on(5), ask, asked);
  expect(filled.get("d0")).toMatchObject({ requests: 500, p99Seconds: 0.08, errorRate: 0.01, why: expect.stringMatching(/^It keeps a mean\. Measured at the edge/), budget: known.budget });
  expect(filled.get("d1")).toMatchObject({ requests: 7200, p99Seconds: 0.08, errorRate: 0.25, budget: { requests: 1_209_600, errors: 302_400, why: expect.stringContaining("Envoy") } });
  expect([filled.get("d2"), filled.get("d3"), filled.get("d4")]).toEqual([figures.get("d2"), figures.get("d3"), figures.get("d4")]);
  expect(queries).toHaveLength(6);
  expect(queries[0]).toContain("slipway-0/m-0/rule/0");
  expect(queries.join()).not.toMatch(/m-3|m-4/);
  const many = envoy(60);
  await fleetWithEnvoy(new Map(on(60).map((d) => [d.id, silent])), on(60), many.ask, asked);
  expect(many.queries).toHaveLength(6);
});

it("asks nothing where nothing is lacking or no Envoy stands in front, and says why Envoy could not be read", async () => {
  const { ask, queries } = envoy(1);
  const alb = on(1).map((d) => ({ ...d, series: { ...d.series, edge: { kind: "alb" as const } } }));
  expect(await fleetWithEnvoy(new Map([["d0", silent]]), alb, ask, asked)).toEqual(new Map([["d0", silent]]));
  await fleetWithEnvoy(new Map([["d0", { ...known, p99Seconds: 0.5 }]]), on(1), ask, asked);
  expect(queries).toEqual([]);
  const failing = await fleetWithEnvoy(new Map([["d0", silent]]), on(1), async () => { throw new UselessAnswer("It answered HTTP 500."); }, asked);
  expect(failing.get("d0")).toMatchObject({ requests: null, why: "Nothing was found. Envoy's series could not be read instead: It answered HTTP 500." });
});
