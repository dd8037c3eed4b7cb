import { expect, it } from "vitest";
import { withCost } from "@/lib/observability/cost-series";
import { seriesOf } from "@/lib/observability/series";

const blank = { ...seriesOf([], { fromSeconds: 0, toSeconds: 180, stepSeconds: 60 }), source: "embedded", asOf: null, revisions: [], gaps: [], nodes: null };
const metrics = { ...blank, series: { ...blank.series, requestsPerSecond: [[0, 10], [60, 0], [120, null]] as [number, number | null][], errorRate: [[0, 0.5], [60, null], [120, null]] as [number, number | null][] } };
const interval = (from: number, to: number, price: number | null) => ({ revision: 1, estimate: false, priceUsdPerHour: price, startedAt: new Date(from * 1000), endedAt: new Date(to * 1000) });
const NOW = new Date(180_000);

it("cost is the ledger's, over the requests that were answered well", () => {
  const { series } = withCost(metrics, [interval(0, 90, 3.6)], NOW);
  expect(series.costPerHour).toEqual([[0, 3.6], [60, 1.8], [120, null]]);
  // 3.6 $/h is 0.001 $/s; 5 good answers a second; 0.2 $ per 1,000.
  expect(series.costPer1000[0]![1]).toBeCloseTo(0.2, 12);
  expect(series.costPer1000.slice(1)).toEqual([[60, null], [120, null]]);
});

it("a replica without a price makes the step unknown, not cheaper", () => {
  expect(withCost(metrics, [interval(0, 180, 1), interval(0, 60, null)], NOW).series.costPerHour).toEqual([[0, null], [60, 1], [120, 1]]);
});
