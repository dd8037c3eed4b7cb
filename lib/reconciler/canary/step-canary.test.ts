import { describe, expect, it } from "vitest";
import { canaryPlanSchema, type CanaryMeasures, type Figures } from "@/lib/deployments/canary-plan";
import { EMPTY_STATUS, statusOnChange } from "@/lib/deployments/stored-status";
import { FakeTarget } from "@/lib/reconciler/__fixtures__/fake-target";
import { measureFrom } from "@/lib/reconciler/canary/step-canary";
import { decide } from "@/lib/reconciler/decide";
import type { Desired, EventDraft, Observed } from "@/lib/reconciler/desired";
import type { RevisionSpec } from "@/lib/targets/target";

const revision = (n: number): Omit<RevisionSpec, "weight"> => ({
  n, runtime: "onnx", model: "d", files: [], format: "onnx", resources: { cpuMillicores: 1, memoryMib: 1, accelerator: null }, env: {}, secrets: {}, queueLimit: 1,
});
const figures = (requests: number | null, errors = 0, p99Seconds = 0.02): Figures => ({ requests, errors: requests === null ? null : errors, p99Seconds: requests === null ? null : p99Seconds, missing: requests === null ? { requests: "No source." } : {} });
const GOOD: CanaryMeasures = { canary: figures(500), stable: figures(500) };

/** The row, the loop, the target and a clock that moves when told. */
class World {
  clock = Date.parse("2026-11-01T00:00:00Z");
  readonly target = new FakeTarget(() => new Date(this.clock), "r");
  measures: CanaryMeasures = GOOD;
  events: EventDraft[] = [];
  weights: number[] = [];
  row: Desired = {
    ref: { id: "1", project: "p", projectId: "9", deployment: "d" }, generation: 1, observedGeneration: 0, desiredState: "running", public: false, scaling: { min: 1, max: 3, targetConcurrency: 4 },
    stableRevision: null, desiredRevision: 1, canaryWeight: null, canaryPlan: null, canaryPaused: false, revisions: new Map([1, 2].map((n) => [n, revision(n)])), blocked: null, phase: "Pending",
    status: statusOnChange(EMPTY_STATUS, 1, new Date("2026-11-01T00:00:00Z")),
  };

  static async serving(): Promise<World> {
    const world = new World();
    await world.run(20);
    const plan = canaryPlanSchema.parse({ steps: [10, 50], stepSeconds: 60, minRequests: 100, errorRate: { max: 0.02 }, p99: { timesStable: 2 } });
    world.row = { ...world.row, generation: 2, desiredRevision: 2, canaryWeight: 10, canaryPlan: { ...plan, since: new Date(world.clock).toISOString() }, status: statusOnChange(world.row.status, 2, new Date(world.clock)) };
    world.events = [];
    return world;
  }

  /** One pass; `written` false: the worker is killed before it has written anything down. */
  async pass(written = true): Promise<void> {
    const observed: Observed = await this.target.observe(this.row.ref);
    const now = new Date(this.clock);
    const measures = measureFrom(this.row, observed, now) ? this.measures : null;
    const out = decide(this.row, observed, now, measures);
    if (out.apply) await this.target.apply(out.apply);
    const share = out.apply?.revisions.find((r) => r.n === 2)?.weight;
    if (share !== undefined && share !== this.weights.at(-1)) this.weights.push(share);
    if (!written) return;
    this.events.push(...out.events.filter((e) => !this.events.some((known) => known.key === e.key)));
    this.row = {
      ...this.row, phase: out.phase, status: out.status, observedGeneration: out.observedGeneration, ...(out.canaryWeight === undefined ? {} : { canaryWeight: out.canaryWeight }),
      ...(out.promote === undefined ? {} : { stableRevision: out.promote, canaryPlan: null, canaryWeight: null }),
      ...(out.rollBackTo === undefined ? {} : { desiredRevision: out.rollBackTo, canaryPlan: null, canaryWeight: null, generation: this.row.generation + 1 }),
    };
  }

  async run(seconds: number, everySeconds = 1): Promise<void> {
    for (let t = 0; t < seconds; t += everySeconds) {
      await this.pass();
      this.target.step();
      this.clock += everySeconds * 1000;
    }
  }
  reasons = () => this.events.map((e) => e.reason).filter((r) => r.startsWith("Canary"));
}

describe("a canary that moves by itself", () => {
  it("goes through its steps, each for its time, and takes all the traffic", async () => {
    const w = await World.serving();
    await w.run(50);
    expect(w.row).toMatchObject({ canaryWeight: 10, status: { canary: { state: "running", step: 0 } } });
    await w.run(60);
    expect(w.row).toMatchObject({ canaryWeight: 50, status: { canary: { step: 1 } } });
    await w.run(60);
    expect(w.row).toMatchObject({ stableRevision: 2, desiredRevision: 2, canaryPlan: null, phase: "Ready", status: { canary: { state: "promoted" } } });
    expect(w.weights).toEqual([0, 10, 50, 100]);
    expect(w.reasons()).toEqual(["Canary", "CanaryPassed", "Canary", "CanaryPassed", "CanaryPromoted"]);
    expect(w.events.find((e) => e.reason === "CanaryPassed")!.message).toMatch(/Step 1 of 2 passed at 10 %: 500 requests, 0 % failed, p99 20 ms/);
  });

  it("is rolled back by itself at the first judgement beyond a limit, long before its step is over, and its revision is wanted no more", async () => {
    const w = await World.serving();
    w.measures = { canary: figures(100, 30), stable: figures(900) };
    await w.run(20);
    expect(w.row).toMatchObject({ desiredRevision: 1, stableRevision: 1, generation: 3, canaryPlan: null, canaryWeight: null, phase: "Ready", status: { canary: { state: "rolledBack", revision: 2 }, failed: null } });
    expect(w.events.find((e) => e.reason === "CanaryRolledBack")).toMatchObject({ type: "Warning", message: expect.stringMatching(/rolled back at 10 % .* 30 % of 100 requests failed; the limit is 2 %\. Revision 1 gets everything/) });
    const held = await w.target.observe(w.row.ref);
    expect(held.exists && held.revisions.map((r) => [r.n, r.weight])).toEqual([[1, 100]]);
  });

  it("waits where nothing is known, says why once, and goes on when it is", async () => {
    const w = await World.serving();
    w.measures = { canary: figures(null), stable: figures(null) };
    await w.run(300);
    expect(w.row).toMatchObject({ canaryWeight: 10, status: { canary: { state: "running", step: 0 } } });
    expect(w.row.status.message).toMatch(/requests are not known. No source/);
    expect(w.reasons().filter((r) => r === "CanaryWaits")).toHaveLength(1);
    w.measures = GOOD;
    await w.run(20);
    expect(w.row.canaryWeight).toBe(50);
  });

  it("paused, is neither promoted nor rolled back; resumed, it goes on", async () => {
    const w = await World.serving();
    await w.run(20);
    w.row = { ...w.row, canaryPaused: true, generation: 3 };
    w.measures = { canary: figures(500, 400), stable: figures(500) };
    await w.run(200);
    expect(w.row).toMatchObject({ desiredRevision: 2, canaryWeight: 10, phase: "Ready" });
    expect(decide(w.row, await w.target.observe(w.row.ref), new Date(w.clock)).requeueAfterMs, "nobody looks again while it is held").toBeNull();
    w.row = { ...w.row, canaryPaused: false, generation: 4 };
    w.measures = GOOD;
    await w.run(20);
    expect(w.row.canaryWeight).toBe(50);
  });

  it("whose worker is killed at any pass ends the same", async () => {
    const w = await World.serving();
    for (let i = 0; i < 200 && w.row.stableRevision === 1; i++) {
      await w.pass(i % 2 === 0);
      w.target.step();
      w.clock += 1000;
    }
    expect(w.row).toMatchObject({ stableRevision: 2, desiredRevision: 2 });
    expect(w.weights).toEqual([0, 10, 50, 100]);
  });

  it("another change of the deployment meanwhile does not begin it anew", async () => {
    const w = await World.serving();
    await w.run(80);
    w.row = { ...w.row, generation: 3, scaling: { ...w.row.scaling, max: 2 }, status: statusOnChange(w.row.status, 2, new Date(w.clock)) };
    await w.run(10);
    expect(w.row).toMatchObject({ canaryWeight: 50, status: { canary: { step: 1 } } });
  });

  it("whose replicas keep ending is rolled back in the words of the last end", async () => {
    const w = await World.serving();
    await w.run(20);
    const observed = await w.target.observe(w.row.ref);
    if (!observed.exists) throw new Error("nothing there");
    const broken = { ...observed, revisions: observed.revisions.map((r) => (r.n === 2 ? { ...r, ready: 0, consecutiveFailures: 3, lastError: { reason: "Crashed" as const, message: "It ended with code 1.", at: new Date(w.clock).toISOString() } } : r)) };
    expect(decide(w.row, broken, new Date(w.clock))).toMatchObject({ rollBackTo: 1, status: { failed: null, canary: { state: "rolledBack", reason: "It ended with code 1." } } });
  });

  it("that loses its replica late is not given up for the time since it began", async () => {
    const w = await World.serving();
    w.measures = { canary: figures(null), stable: figures(null) };
    await w.run(900, 5);
    const observed = await w.target.observe(w.row.ref);
    if (!observed.exists) throw new Error("nothing there");
    const lost = { ...observed, revisions: observed.revisions.map((r) => (r.n === 2 ? { ...r, ready: 0, starting: 1 } : r)) };
    expect(decide(w.row, lost, new Date(w.clock)).rollBackTo).toBeUndefined();
  });
});
