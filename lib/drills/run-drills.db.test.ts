import { beforeEach, describe, expect, it } from "vitest";
import { useTestDatabase } from "@/e2e/use-test-database";
import { db } from "@/lib/db/client";
import { pool } from "@/lib/db/pool";
import { deleteDeployment } from "@/lib/deployments/delete-deployment";
import { listEvents } from "@/lib/deployments/list-events";
import { listDrills } from "@/lib/drills/list-drills";
import { runDrills } from "@/lib/drills/run-drills";
import { startDrill } from "@/lib/drills/start-drill";
import { AppError } from "@/lib/errors";
import { deploy, makeWorld, tester } from "@/lib/reconciler/__fixtures__/deploy-world";
import { claimDue } from "@/lib/reconciler/lease";
import { reconcile } from "@/lib/reconciler/reconcile";
import type { NodeDrain, PlacedReplica, Target } from "@/lib/targets/target";

useTestDatabase();

/** Two nodes; whoever is evicted from the one is ready on the other. Each verb may be held up, as by a worker that sleeps in the middle. */
class TwoNodes implements NodeDrain {
  cordoned = new Set<string>();
  private replica: PlacedReplica = { id: "a", node: "n1", ready: true, readyAt: null, leaving: false };
  evictions = 0;
  async look() { return [this.replica]; }
  async cordon(node: string) {
    if (this.cordoned.has(node)) return false;
    this.cordoned.add(node);
    return true;
  }
  async uncordon(node: string) { this.cordoned.delete(node); }
  async evict(_ref: unknown, node: string) {
    this.evictions++;
    if (this.replica.node === node) this.replica = { ...this.replica, id: "b", node: "n2" };
    return { blocked: null };
  }
}

let nodes: TwoNodes;
let projectId: string;
let id: string;
beforeEach(async () => {
  await db().drill.deleteMany();
  nodes = new TwoNodes();
  ({ projectId } = await makeWorld());
  id = await deploy(projectId);
  const { targetId } = await db().deployment.update({ where: { id }, data: { phase: "Ready" } });
  await db().target.update({ where: { id: targetId }, data: { kind: "kubernetes" } });
  await startDrill(tester, projectId, "iris", "iris");
  return async () => void (await db().target.update({ where: { id: targetId }, data: { kind: "local" } }));
});

const pass = (drain: NodeDrain = nodes) => runDrills({ drainOf: () => drain });
const drill = async () => (await listDrills(projectId, "iris"))[0]!;
const expire = () => db().drill.updateMany({ data: { leaseUntil: new Date(Date.now() - 1000) } });
async function toItsEnd(): Promise<void> {
  for (let i = 0; i < 10 && (await drill()).state === "running"; i++) await pass();
}

/** A worker that sleeps in one verb until told: `inside` resolves once it is there. */
function sleeperIn(verb: "look" | "cordon" | "evict" | "uncordon") {
  let wake = () => {};
  let arrived = () => {};
  const inside = new Promise<void>((resolve) => (arrived = resolve));
  const gate = new Promise<void>((resolve) => (wake = resolve));
  const drain = new Proxy(nodes, {
    get(target, key) {
      const value = Reflect.get(target, key) as unknown;
      if (typeof value !== "function") return value;
      return async (...args: unknown[]) => {
        if (key === verb) {
          arrived();
          await gate;
        }
        return (value as (...a: unknown[]) => unknown).apply(target, args);
      };
    },
  });
  return { drain, inside, wake: () => wake() };
}

describe("a drill whose worker dies or sleeps", () => {
  it("is gone on with by another one once the lease is over, and not before", async () => {
    const dead = sleeperIn("evict");
    void pass(dead.drain);
    await dead.inside;
    expect(await pass()).toBe(0);
    await expire();
    await toItsEnd();
    expect(await drill()).toMatchObject({ state: "done", failure: null, node: "n1", newNode: "n2", recoverySeconds: expect.any(Number) });
    expect(nodes.cordoned).toEqual(new Set());
    dead.wake();
  });

  for (const verb of ["look", "cordon", "evict"] as const) {
    it(`ends the same when the one that slept in ${verb} wakes up afterwards: its words are not taken, and no node stays cordoned`, async () => {
      const sleeper = sleeperIn(verb);
      const slept = pass(sleeper.drain);
      await sleeper.inside;
      await expire();
      await toItsEnd();
      const ended = await drill();
      expect(ended.state).toBe("done");
      sleeper.wake();
      await slept;
      expect(await drill()).toEqual(ended);
      expect(nodes.cordoned).toEqual(new Set());
      expect((await listEvents(projectId, "iris", { limit: 20 })).items.filter((e) => e.reason === "DrillFinished")).toHaveLength(1);
    });
  }

  it("one that sleeps before it gives a node back does not take it from whoever drains it by then", async () => {
    await pass();
    await pass();
    const sleeper = sleeperIn("look");
    const slept = pass(sleeper.drain);
    await sleeper.inside;
    await expire();
    await toItsEnd();
    nodes.cordoned.add("n1");
    sleeper.wake();
    await slept;
    expect(nodes.cordoned).toEqual(new Set(["n1"]));
  });

  it("of a deployment that is deleted meanwhile gives its node back before the row goes", async () => {
    await pass();
    expect(nodes.cordoned).toEqual(new Set(["n1"]));
    await deleteDeployment(tester, projectId, "iris");
    const gone = { observe: async () => ({ exists: false }) } as unknown as Target;
    const once = async () => {
      await db().deployment.update({ where: { id }, data: { nextReconcileAt: new Date(0), leaseUntil: null } });
      const [lease] = (await claimDue(pool(), "w1", 100)).filter((l) => l.id === id);
      return reconcile(lease!, { targetOf: () => gone, resolveSecrets: async () => new Map(), measureCanary: async () => { throw new Error("nothing to measure"); }, now: () => new Date() });
    };
    expect(await once()).toMatchObject({ write: "held", requeueAfterMs: expect.any(Number) });
    await pass();
    expect(nodes.cordoned).toEqual(new Set());
    expect(await drill()).toMatchObject({ state: "failed", failure: "The deployment was deleted meanwhile." });
    expect((await once()).write).toBe("written");
    expect(await db().deployment.count({ where: { id } })).toBe(0);
  });

  it("that cannot reach the cluster any more says which node may still be cordoned", async () => {
    await pass();
    const away = new Proxy(nodes, { get: (t, key) => (key === "look" ? async () => { throw new AppError("bad_gateway", "The API server does not answer."); } : Reflect.get(t, key)) });
    await pass(away);
    expect((await drill()).state).toBe("running");
    await runDrills({ drainOf: () => away, now: () => new Date(Date.now() + 31 * 60_000) });
    expect(await drill()).toMatchObject({ state: "failed", failure: "The API server does not answer. The node may still be cordoned: kubectl uncordon n1" });
  });
});
