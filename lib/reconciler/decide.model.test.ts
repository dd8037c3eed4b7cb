import fc from "fast-check";
import { expect, it } from "vitest";
import { EMPTY_STATUS, statusOnChange } from "@/lib/deployments/stored-status";
import { FakeTarget } from "@/lib/reconciler/__fixtures__/fake-target";
import { decide } from "@/lib/reconciler/decide";
import type { Desired, Observed } from "@/lib/reconciler/desired";
import type { RevisionSpec } from "@/lib/targets/target";

const revisionOf = (n: number): Omit<RevisionSpec, "weight"> => ({
  n, runtime: "onnx", model: "d", files: [], format: "onnx", resources: { cpuMillicores: 1, memoryMib: 1, accelerator: null }, env: {}, secrets: {}, queueLimit: 1,
});

/** The row, the loop and the target in one place, with a clock that only moves when told. */
class World {
  clock = Date.parse("2026-11-01T00:00:00Z");
  readonly target = new FakeTarget(() => new Date(this.clock), "r");
  last = 1;
  gone = false;
  row: Desired = {
    ref: { id: "1", project: "p", projectId: "9", deployment: "d" }, generation: 1, observedGeneration: 0, desiredState: "running", public: false, scaling: { min: 1, max: 3, targetConcurrency: 4 },
    stableRevision: null, desiredRevision: 1, canaryWeight: null, canaryPlan: null, canaryPaused: false, revisions: new Map([[1, revisionOf(1)]]), blocked: null, phase: "Pending", status: statusOnChange(EMPTY_STATUS, 1, new Date("2026-11-01T00:00:00Z")),
  };

  change(data: Partial<Desired>): void {
    if (this.row.desiredState === "deleted") return;
    const next = { ...this.row, ...data, generation: this.row.generation + 1 };
    this.row = { ...next, status: statusOnChange(next.status, next.desiredRevision, new Date(this.clock)) };
  }

  /** One pass. `writes`: whether it found anything to do. */
  async pass(): Promise<boolean> {
    if (this.gone) return false;
    const observed: Observed = await this.target.observe(this.row.ref).catch((e: Error) => ({ unreachable: e.message }));
    const out = decide(this.row, observed, new Date(this.clock));
    if (out.apply) await this.target.apply(out.apply).catch(() => undefined);
    if (out.remove) await this.target.remove(this.row.ref).catch(() => undefined);
    const { promote } = out;
    if (promote !== undefined && this.row.stableRevision !== null) expect(this.row.canaryWeight, "a canary is promoted by its user alone").toBeNull();
    this.row = { ...this.row, phase: out.phase, observedGeneration: out.observedGeneration, status: out.status, ...(promote === undefined ? {} : { stableRevision: promote, canaryWeight: null }) };
    this.gone = out.done;
    return out.apply !== null || out.remove || out.requeueAfterMs !== null;
  }

  step(seconds = 1): void {
    this.clock += seconds * 1000;
    if (this.target.down === null) this.target.step();
  }
}

type Op = (w: World) => void | Promise<unknown>;
const op = (name: string, run: Op) => ({ name, run, toString: () => name });
const newRevision = (broken: boolean, canary: number | null) => op(`revision${broken ? " broken" : ""} ${canary}`, (w) => {
  if (w.row.desiredState === "deleted") return;
  const n = ++w.last;
  if (broken) w.target.broken.set(n, "cannot load");
  w.change({ desiredRevision: n, canaryWeight: w.row.stableRevision === null ? null : canary, revisions: new Map([...w.row.revisions, [n, revisionOf(n)]]) });
});
const ops = fc.oneof(
  {
    weight: 12, arbitrary: fc.constant(op("some seconds", async (w) => {
      for (let i = 0; i < 6; i++) {
        await w.pass();
        w.step();
      }
    })),
  },
  { weight: 12, arbitrary: fc.constant(op("pass", (w) => w.pass())) },
  { weight: 12, arbitrary: fc.integer({ min: 1, max: 30 }).map((s) => op(`step ${s}`, (w) => w.step(s))) },
  { weight: 8, arbitrary: fc.tuple(fc.boolean(), fc.option(fc.integer({ min: 1, max: 99 }))).map(([broken, canary]) => newRevision(broken, canary)) },
  { weight: 4, arbitrary: fc.nat(5).map((k) => op(`roll back ${k}`, (w) => w.change({ desiredRevision: 1 + (k % w.last), canaryWeight: null }))) },
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 3 }).map((min) => op(`scale ${min}`, (w) => w.change({ scaling: { ...w.row.scaling, min } }))) },
  { weight: 6, arbitrary: fc.boolean().map((asked) => op(asked ? "requests come" : "requests stop", (w) => void (w.target.asked = asked))) },
  { weight: 4, arbitrary: fc.constant(op("promote", (w) => w.change({ canaryWeight: null }))) },
  { weight: 4, arbitrary: fc.constantFrom("running" as const, "stopped" as const).map((desiredState) => op(desiredState, (w) => w.change({ desiredState }))) },
  { weight: 1, arbitrary: fc.constant(op("delete", (w) => w.change({ desiredState: "deleted" }))) },
  { weight: 4, arbitrary: fc.constant(op("target forgets", (w) => w.target.forget())) },
  { weight: 4, arbitrary: fc.constant(op("target down", (w) => void (w.target.down = "down"))) },
  { weight: 4, arbitrary: fc.constant(op("target up", (w) => void (w.target.down = null))) },
  {
    weight: 4, arbitrary: fc.constant(op("drift", (w) => {
      for (const held of w.target.held.values()) held.spec = { ...held.spec, scaling: { ...held.spec.scaling, max: 9 } };
    })),
  },
);

it("whatever was asked for, lost, forgotten or edited by hand, the target ends as the last wish says, and then nothing more is done", async () => {
  await fc.assert(fc.asyncProperty(fc.array(ops, { maxLength: 40, size: "max" }), async (steps) => {
    const w = new World();
    for (const { run } of steps) await run(w);
    w.target.down = null;
    let quiet = 0;
    for (let i = 0; i < 60 && quiet < 2; i++) {
      quiet = (await w.pass()) ? 0 : quiet + 1;
      w.step();
    }
    expect(quiet, `still busy: ${w.row.phase} ${w.row.status.message}`).toBe(2);
    const applies = w.target.calls.apply;
    for (let i = 0; i < 3; i++) expect(await w.pass()).toBe(false);
    expect(w.target.calls.apply).toBe(applies);
    expectFinal(w);
  }), { numRuns: 400 });
});

/** f(desired): what the target must hold in the end. */
function expectFinal(w: World): void {
  const held = w.target.held.get("1");
  if (w.row.desiredState === "deleted") {
    expect([w.gone, held]).toEqual([true, undefined]);
    return;
  }
  const living = held!.replicas.filter((r) => r.endedAt === null);
  if (w.row.desiredState === "stopped") {
    expect([w.row.phase, living.length]).toEqual(["Stopped", 0]);
    return;
  }
  const weights = Object.fromEntries(held!.spec.revisions.map((r) => [r.n, r.weight]));
  const { stableRevision: stable, desiredRevision: wanted, canaryWeight } = w.row;
  if (w.target.broken.has(wanted)) {
    expect(w.row.phase).toBe("Failed");
    expect(weights).toEqual(stable === null ? { [wanted]: 100 } : { [stable]: 100 });
    expect(living.filter((r) => r.state === "ready").length).toBe(stable === null ? 0 : replicasOf(w));
    return;
  }
  expect(w.row.phase).toBe(replicasOf(w) === 0 ? "Asleep" : "Ready");
  if (canaryWeight !== null && stable !== null && stable !== wanted) {
    expect(weights).toEqual({ [stable]: 100 - canaryWeight, [wanted]: canaryWeight });
    return;
  }
  expect(weights).toEqual({ [wanted]: 100 });
  expect(stable).toBe(wanted);
  expect(living.map((r) => [r.revision, r.state])).toEqual(Array.from({ length: replicasOf(w) }, () => [wanted, "ready"]));
}

/** Of the revision that carries the traffic, once all is quiet. What is compared with a canary stays awake. */
function replicasOf({ row: { scaling, canaryWeight }, target }: World): number {
  return scaling.min > 0 ? scaling.min : target.asked || canaryWeight !== null ? 1 : 0;
}
