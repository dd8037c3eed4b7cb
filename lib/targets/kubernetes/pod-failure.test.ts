import { expect, it } from "vitest";
import { FETCH_EXIT } from "@/lib/serving/fetch-exit";
import type { ContainerStatus, Pod } from "@/lib/targets/kubernetes/objects";
import { failureOf } from "@/lib/targets/kubernetes/pod-failure";
import { replicaOf } from "@/lib/targets/kubernetes/pod-replica";

const T = (s: number) => new Date(Date.UTC(2026, 10, 27, 0, 0, s)).toISOString();
const now = new Date(T(30));
const pod = (container: Partial<ContainerStatus>, init?: Partial<ContainerStatus>): Pod => ({
  metadata: { name: "m-1", uid: "0123456789", creationTimestamp: T(0), labels: { "slipway.dev/revision": "2" } }, spec: { nodeName: "n", containers: [] },
  status: { phase: "Running", conditions: [{ type: "PodScheduled", status: "True", lastTransitionTime: T(1) }], containerStatuses: [{ name: "server", ready: false, restartCount: 0, ...container }], ...(init ? { initContainerStatuses: [{ name: "fetch-files", ready: false, restartCount: 0, ...init }] } : {}) },
});
const end = (exitCode: number, reason: string, message = "") => ({ terminated: { exitCode, reason, message, startedAt: T(2), finishedAt: T(5) } });
const waits = { waiting: { reason: "CrashLoopBackOff", message: "back-off 1m20s restarting failed container" } };

it.each([
  ["OutOfMemory", pod({ state: waits, lastState: end(137, "OOMKilled"), restartCount: 2 })],
  ["Crashed", pod({ state: waits, lastState: end(1, "Error", "a traceback") })],
  ["LoadFailed", pod({ state: waits, lastState: end(1, "Error", 'x\n{"event":"failed","reason":"LoadFailed","message":"unknown operator"}') })],
  ["DigestMismatch", pod({ state: { waiting: { reason: "PodInitializing" } } }, { state: waits, lastState: end(FETCH_EXIT.digestMismatch, "Error") })],
  ["Unplaceable", pod({ state: { waiting: { reason: "ImagePullBackOff", message: "not found" } } })],
] as const)("%s", (reason, p) => expect(failureOf(p, now)?.reason).toBe(reason));

it("counts starts and knows when the next one is", () => {
  expect(failureOf(pod({ state: waits, lastState: end(1, "Error"), restartCount: 4 }), now)).toMatchObject({ times: 4, nextAttemptAt: T(85) });
});

it("never tells a step before the one it follows, though the API's clocks differ", () => {
  const r = replicaOf({ ...pod({ state: { running: { startedAt: T(0) } } }), metadata: { ...pod({}).metadata, creationTimestamp: T(3) } }, now);
  expect([r.createdAt, r.placedAt, r.loadingAt, r.readyAt, r.state]).toEqual([T(3), T(3), T(3), null, "loading"]);
});
