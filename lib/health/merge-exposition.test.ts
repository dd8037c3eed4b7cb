import { Counter, Histogram, Registry } from "prom-client";
import { expect, it } from "vitest";
import { mergeExposition } from "@/lib/health/merge-exposition";

async function text(n: number): Promise<string> {
  const registry = new Registry();
  new Counter({ name: "slipway_a_total", help: "A", labelNames: ["route"], registers: [registry] }).inc({ route: '/api/{x}/"' }, n);
  new Histogram({ name: "slipway_b_seconds", help: "B", buckets: [1], registers: [registry] }).observe(n);
  return registry.metrics();
}

it("is one exposition: each family once and whole, its samples told apart by the process", async () => {
  const merged = mergeExposition([{ labels: { process: "web" }, text: await text(1) }, { labels: { process: 'w"1' }, text: await text(2) }]);
  const lines = merged.trim().split("\n");
  expect(lines.filter((l) => l.startsWith("# TYPE"))).toEqual(["# TYPE slipway_a_total counter", "# TYPE slipway_b_seconds histogram"]);
  expect(lines).toContain('slipway_a_total{process="web",route="/api/{x}/\\""} 1');
  expect(lines).toContain('slipway_a_total{process="w\\"1",route="/api/{x}/\\""} 2');
  expect(lines.filter((l) => l.startsWith("slipway_b_seconds_bucket"))).toHaveLength(4);
  const family = (l: string) => (/^(?:# \w+ )?(slipway_[ab])/.exec(l) ?? [])[1];
  const order = lines.map(family);
  expect(order.indexOf("slipway_b")).toBeGreaterThan(order.lastIndexOf("slipway_a"));
});
