import { expect, it } from "vitest";
import type { FleetDeployment } from "@/lib/fleet/schema";
import { rankFleet } from "./rank-fleet";

const d = (deployment: string, more: Partial<FleetDeployment>): FleetDeployment => ({ project: "p", deployment, phase: "Ready", target: "local", source: "embedded", why: null, requests: 10, p99Seconds: null, errorRate: null, utilisation: null, utilisationOf: "processor", cells: [], costUsd: null, idleUsd: null, ...more });

it("ranks what is known, the highest first; the unknown is neither high nor low", () => {
  expect(rankFleet([d("a", { p99Seconds: 0.1 }), d("b", {}), d("c", { p99Seconds: 0.3 })], "latency").map((r) => [r.d.deployment, r.words])).toEqual([["c", "300 ms"], ["a", "100 ms"]]);
});
it("names nobody for errors, cost or idle time of nothing", () => {
  const none = [d("a", { errorRate: 0, costUsd: 0, idleUsd: 0 })];
  expect((["errors", "cost", "idle"] as const).map((by) => rankFleet(none, by))).toEqual([[], [], []]);
  expect(rankFleet([d("a", { costUsd: 2, idleUsd: 1 })], "idle")[0]!.note).toBe("50% of its cost");
});
