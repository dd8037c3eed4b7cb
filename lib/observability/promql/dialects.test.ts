import { parser } from "@prometheus-io/lezer-promql";
import { describe, expect, it } from "vitest";
import { CONTAINER_MEASURES, nodesExpression } from "@/lib/observability/promql/container";
import { isAbsent } from "@/lib/observability/promql/dialect";
import { DIALECTS } from "@/lib/observability/promql/dialects";
import { planQueries, podsOf } from "@/lib/observability/promql/plan-queries";
import { Promql } from "@/lib/observability/promql/promql";

/** Where Prometheus' own grammar stumbles; empty: it parses. */
function faults(expression: string): string[] {
  const found: string[] = [];
  parser.parse(expression).iterate({ enter: (node) => { if (node.type.isError) found.push(expression.slice(Math.max(0, node.from - 20), node.to + 20)); } });
  return found;
}

const plan = (name: keyof typeof DIALECTS, more: Partial<Parameters<typeof planQueries>[0]> = {}) =>
  planQueries({ dialect: DIALECTS[name], namespace: "slipway-a", name: "m-x", revision: null, accelerators: 1, edge: { kind: "none" }, window: "2m", ...more });

it("the grammar finds what is no PromQL", () => {
  expect(faults("sum by (le (rate(x[5m]))")).not.toEqual([]);
});

describe.each(Object.keys(DIALECTS) as (keyof typeof DIALECTS)[])("the dialect of %s", (name) => {
  it.each([["of one deployment", false], ["told apart by deployment", true]])("parses with Prometheus' own grammar, %s", (_, perDeployment) => {
    const q = new Promql({ pods: podsOf("slipway-a", "m-x", 3), window: "2m", perDeployment });
    const causes = DIALECTS[name].errorsByCause(q);
    const all = [...Object.values(DIALECTS[name].measures(q)).filter((e) => !isAbsent(e)), ...Object.values(CONTAINER_MEASURES).map((m) => m.expression(q)), nodesExpression(q), ...(isAbsent(causes) ? [] : [causes.expression])] as string[];
    expect(all.length).toBeGreaterThan(8);
    for (const e of all) expect(faults(e), e).toEqual([]);
  });

  it("says of each measure how it is read, or in a sentence why it cannot be", () => {
    for (const [measure, p] of Object.entries(plan(name).measures)) expect("absent" in p ? /^[A-Z].+\.$/.test(p.absent) : p.expression.includes('namespace="slipway-a"'), measure).toBe(true);
  });
});

it("what a server keeps no percentiles of is read at an edge of Envoy, and said to be", () => {
  const edge = { kind: "envoy", route: "httproute/ns/m/rule/0" } as const;
  const p99 = plan("torchserve", { edge }).measures.p99;
  expect("absent" in p99).toBe(false);
  if ("absent" in p99) return;
  expect(faults(p99.expression)).toEqual([]);
  expect(p99.edge).toContain("TorchServe keeps latency as a counter");
  expect(plan("torchserve", { edge: { kind: "alb" } }).measures.p99).toMatchObject({ absent: expect.stringContaining("CloudWatch") as string });
  expect(plan("torchserve", { edge, revision: 2 }).measures.p99).toMatchObject({ absent: expect.stringContaining("all revisions") as string });
});

it("a revision's pods are not those of one whose number begins alike, nor of a name that begins alike", () => {
  const pods = new RegExp(`^(?:${/pod=~"(.*)"$/.exec(podsOf("n", "m-x", 1))![1]!.replaceAll("\\\\", "\\")})$`);
  expect(pods.test("m-x-r1-7d9f-abcde")).toBe(true);
  for (const other of ["m-x-r11-7d9f-abcde", "m-xy-r1-7d9f-abcde", "am-x-r1-7d9f-abcde"]) expect(pods.test(other), other).toBe(false);
});
