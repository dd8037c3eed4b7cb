import { expect, it } from "vitest";
import type { DeploymentDto } from "@/lib/deployments/schema";
import { withLiveState } from "./with-live-state";

const held = { generation: 3, observedGeneration: 2, phase: "Updating", slug: "d", status: { phase: "Updating", message: "m", replicas: { wanted: 2, starting: 1, ready: 1 }, changedAt: "2026-11-01T12:00:00.100Z" } } as DeploymentDto;
const state = { generation: 3, observedGeneration: 3, phase: "Ready" as const, replicas: { wanted: 2, starting: 0, ready: 2 }, changedAt: "2026-11-01T12:00:00.200Z" };

it("an event's state is shown at once, and nothing else of the deployment is touched", () => {
  expect(withLiveState(held, state)).toEqual({ ...held, observedGeneration: 3, phase: "Ready", status: { ...held.status, phase: "Ready", replicas: state.replicas, changedAt: state.changedAt } });
});

it("one that is not newer, or of another generation, changes nothing", () => {
  expect(withLiveState(held, { ...state, changedAt: held.status.changedAt })).toBe(held);
  expect(withLiveState(held, { ...state, changedAt: "2026-11-01T12:00:00.050Z" })).toBe(held);
  expect(withLiveState(held, { ...state, generation: 2 })).toBe(held);
  expect(withLiveState(held, { ...state, generation: 4 })).toBe(held);
});
