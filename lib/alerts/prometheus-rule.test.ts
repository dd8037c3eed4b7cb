import { parser } from "@prometheus-io/lezer-promql";
import { describe, expect, it } from "vitest";
import { expressionOf, prometheusRule, type ExportedRule } from "@/lib/alerts/prometheus-rule";
import { conditionSchema, createRuleSchema } from "@/lib/alerts/schema";
import { DIALECTS } from "@/lib/observability/promql/dialects";
import type { PlanInput } from "@/lib/observability/promql/plan-queries";

/** Where Prometheus' own grammar stumbles; empty: it parses. */
function faults(expression: string): string[] {
  const found: string[] = [];
  parser.parse(expression).iterate({ enter: (node) => { if (node.type.isError) found.push(expression.slice(Math.max(0, node.from - 20), node.to + 20)); } });
  return found;
}
const series = (dialect: keyof typeof DIALECTS = "slipway"): PlanInput => ({ dialect: DIALECTS[dialect], namespace: "slipway-a", name: "m-x", revision: null, accelerators: 0, edge: { kind: "none" }, window: "5m" });
const CONDITIONS = [
  { kind: "latency", thresholdMs: 200 }, { kind: "errorRate", thresholdPercent: 0.5, window: "1h" }, { kind: "burnRate", objectivePercent: 99.9 }, { kind: "burnRate", objectivePercent: 99, speed: "slow" }, { kind: "saturation", waitingPerReplica: 4 },
  { kind: "noTraffic", window: "15m" }, { kind: "crashLoop", failures: 3 }, { kind: "spotInterruption" }, { kind: "budget", percent: 80 }, { kind: "rolloutFailed" },
].map((c) => conditionSchema.parse(c));
const rule = (id: number, more: object): ExportedRule => ({ ...createRuleSchema.parse({ name: `r${id}`, condition: CONDITIONS[0], ...more }), id: `00000000-0000-7000-8000-00000000000${id}` });

describe.each(Object.keys(DIALECTS) as (keyof typeof DIALECTS)[])("on a server of %s", (name) => {
  it.each(CONDITIONS.map((c) => [c.kind, c] as const))("%s parses with Prometheus' own grammar, or says why it is left out", (_, condition) => {
    const made = expressionOf(condition, series(name));
    if ("why" in made) expect(made.why).toMatch(/^[A-Z].+\.$/);
    else expect([faults(made.expr), made.expr.includes('namespace="slipway-a"')], made.expr).toEqual([[], true]);
  });
});

it("compares in the units of the rule, over its own windows, both of them at once for an error budget", () => {
  const of = (i: number) => { const made = expressionOf(CONDITIONS[i]!, series()); return "expr" in made ? made.expr : made.why; };
  expect(of(0)).toMatch(/^\(histogram_quantile\(0\.99, .*\[5m\].*\) \* 1000 > 200$/);
  expect(of(1)).toMatch(/\[1h\].* \* 100 > 0\.5$/);
  expect(of(2)).toMatch(/^\(.*\[1h\].* \/ 0\.001 > 14\.4\) and \(.*\[5m\].* \/ 0\.001 > 14\.4\)$/);
  expect(of(5)).toMatch(/\[15m\].* == 0\) and \(\(.*kube_pod_status_ready.*\) > 0\)$/);
  expect(of(6)).toMatch(/kube_pod_container_status_restarts_total.*\[10m\].* >= 3$/);
});

it("is one object with an alert a deployment that a rule watches; what is turned off or cannot be said is left out, with why", () => {
  const deployments = ["iris", "vad"].map((slug) => ({ slug, series: { ...series(), name: `${slug}-x` }, url: `https://slipway.example/app/p/deployments/${slug}` }));
  const { object, alerts, skipped } = prometheusRule({
    project: "p", name: "slipway-p", namespace: "ns", deployments,
    rules: [rule(1, { severity: "critical", forSeconds: 60, resolveSeconds: 300 }), rule(2, { deployment: "vad" }), rule(3, { enabled: false }), rule(4, { condition: CONDITIONS[8] }), rule(5, { name: "{{ evil }}", deployment: "iris" })],
  });
  expect(alerts).toBe(4);
  expect(skipped).toEqual([{ rule: "r4", deployment: null, why: "What was spent is known to Slipway alone." }]);
  expect([object.kind, object.metadata.name, object.metadata.namespace]).toEqual(["PrometheusRule", "slipway-p", "ns"]);
  const groups = (object.spec as { groups: { name: string; rules: Record<string, unknown>[] }[] }).groups;
  expect(new Set(groups.map((g) => g.name)).size).toBe(3);
  expect(groups[0]!.rules[0]).toMatchObject({ alert: "SlipwayLatencyHigh", for: "60s", keep_firing_for: "300s", labels: { severity: "critical", slipway_project: "p", slipway_deployment: "iris", slipway_rule: "r1" } });
  expect(groups[2]!.rules[0]).toMatchObject({ labels: { slipway_rule: '{{ "{{" }} evil }}' } });
});
