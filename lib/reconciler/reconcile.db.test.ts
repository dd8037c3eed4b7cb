import { beforeEach, describe, expect, it } from "vitest";
import { useTestDatabase } from "@/e2e/use-test-database";
import { deploy, makeWorld, tester } from "@/lib/reconciler/__fixtures__/deploy-world";
import { FakeTarget } from "@/lib/reconciler/__fixtures__/fake-target";
import { claim, depsOf, settle } from "@/lib/reconciler/__fixtures__/passes";
import { db } from "@/lib/db/client";
import { listen } from "@/lib/db/listen";
import { pool } from "@/lib/db/pool";
import { deleteDeployment } from "@/lib/deployments/delete-deployment";
import { diagnose } from "@/lib/deployments/diagnose";
import { AppError } from "@/lib/errors";
import { getDeployment } from "@/lib/deployments/get-deployment";
import { listEvents } from "@/lib/deployments/list-events";
import { setRunning } from "@/lib/deployments/set-running";
import { updateDeploymentSchema } from "@/lib/deployments/schema";
import { updateDeployment } from "@/lib/deployments/update-deployment";
import { claimDue, releaseLease, renewLease } from "@/lib/reconciler/lease";
import { sweepOrphans } from "@/lib/reconciler/orphan-sweep";
import { resync } from "@/lib/reconciler/resync";
import { reconcile, type ReconcileDeps } from "@/lib/reconciler/reconcile";

useTestDatabase();
// What earlier tests left behind may come due again meanwhile, on a slow machine, and be claimed in place of what a test means.
beforeEach(async () => void (await db().deployment.deleteMany()));

describe("reconcile", () => {
  it("takes a deployment from Pending to Ready and, once deleted, to nothing at all", async () => {
    const { projectId } = await makeWorld();
    const id = await deploy(projectId);
    const target = new FakeTarget();
    const lease = await claim();
    await settle(target, lease);
    const ready = (await getDeployment(projectId, "iris")).deployment;
    expect(ready.phase).toBe("Ready");
    expect(ready.status.timeline.map((s) => s.step)).toEqual(["queued", "placed", "loading", "ready"]);
    expect(ready.status.stableRevision).toBe(1);
    expect(await db().replicaInterval.count({ where: { deploymentId: id, endedAt: null } })).toBe(1);
    await releaseLease(pool(), lease, 1, null);
    expect((await deleteDeployment(tester, projectId, "iris")).phase).toBe("Deleting");
    await settle(target, await claim());
    await expect(getDeployment(projectId, "iris")).rejects.toMatchObject({ code: "not_found" });
    expect(target.held.size).toBe(0);
    expect(await db().replicaInterval.count({ where: { deploymentId: id, endedAt: null } })).toBe(0);
    expect(await db().replicaInterval.count({ where: { deploymentId: id } })).toBe(1);
  });

  it("a canary beyond its limits is rolled back: the row, an event, the audit log and a generation of its own", async () => {
    const { projectId } = await makeWorld();
    const id = await deploy(projectId);
    const target = new FakeTarget();
    const lease = await claim();
    await settle(target, lease);
    await updateDeployment(tester, projectId, "iris", null, updateDeploymentSchema.parse({ version: 2, canary: { steps: [10], stepSeconds: 10, minRequests: 5, errorRate: { max: 0.1 } } }));
    let clock = Date.now();
    const bad = { requests: 20, errors: 5, p99Seconds: 0.01, missing: {} };
    const deps: ReconcileDeps = { ...depsOf(target), now: () => new Date(clock), measureCanary: async ({ canary, stable }) => {
      expect([canary, stable]).toEqual([2, 1]);
      return { canary: bad, stable: { ...bad, errors: 0 } };
    } };
    for (let i = 0; i < 30 && (await db().deployment.findUniqueOrThrow({ where: { id } })).desiredRevision === 2; i++) {
      await reconcile(lease, deps);
      target.step();
      clock += 3000;
    }
    const { deployment } = await getDeployment(projectId, "iris");
    expect(deployment).toMatchObject({ generation: 3, status: { desiredRevision: 1, stableRevision: 1, canaryWeight: null, canary: { state: "rolledBack", plan: null, measured: { canary: { requests: 20, errors: 5 } } } } });
    await settle(target, lease);
    expect((await getDeployment(projectId, "iris")).deployment).toMatchObject({ phase: "Ready", observedGeneration: 3, status: { canary: { state: "rolledBack" } } });
    const events = (await listEvents(projectId, "iris", { limit: 50 })).items;
    expect(events.find((e) => e.reason === "CanaryRolledBack")).toMatchObject({ type: "Warning", revision: 2, message: expect.stringMatching(/25 % of 20 requests failed; the limit is 10 %/) });
    expect(await db().auditEntry.findFirst({ where: { projectId, action: "deployment.rollback" } })).toMatchObject({ detail: { from: 2, to: 1 } });
  });

  it("a pass with nothing to do applies nothing and writes nothing", async () => {
    const { projectId } = await makeWorld();
    const id = await deploy(projectId);
    const target = new FakeTarget();
    const lease = await claim();
    await settle(target, lease);
    const before = await db().deployment.findUniqueOrThrow({ where: { id } });
    const applied = target.calls.apply;
    for (let i = 0; i < 5; i++) expect(await reconcile(lease, depsOf(target))).toMatchObject({ write: "unchanged", applied: false, requeueAfterMs: null });
    expect(target.calls.apply).toBe(applied);
    expect(await db().deployment.findUniqueOrThrow({ where: { id } })).toEqual(before);
  });

  it("a failed change leaves the old revision serving, in the runtime's words", async () => {
    const { projectId } = await makeWorld();
    const id = await deploy(projectId);
    const target = new FakeTarget();
    const lease = await claim();
    await settle(target, lease);
    target.broken.set(2, "unknown operator Frobnicate");
    await updateDeployment(tester, projectId, "iris", "g1", { version: 2 });
    await settle(target, lease);
    const { deployment } = await getDeployment(projectId, "iris");
    expect([deployment.phase, deployment.status.stableRevision]).toEqual(["Failed", 1]);
    expect(deployment.status.message).toContain("unknown operator Frobnicate");
    expect(diagnose(deployment).advice.map((a) => a.code)).toEqual(["LoadFailed", "RollBack"]);
    expect(target.held.get(id)!.spec.revisions.map((r) => [r.n, r.weight])).toEqual([[1, 100]]);
    expect((await listEvents(projectId, "iris", { limit: 50 })).items.filter((e) => e.reason === "RolloutFailed").length).toBe(1);
  });

  it("writes each step of a replica once, however often it looks", async () => {
    const { projectId } = await makeWorld();
    await deploy(projectId);
    const target = new FakeTarget();
    const lease = await claim();
    for (let i = 0; i < 4; i++) {
      for (let k = 0; k < 3; k++) await reconcile(lease, depsOf(target));
      target.step();
    }
    const reasons = (await listEvents(projectId, "iris", { limit: 50 })).items.map((e) => e.reason).reverse();
    expect(reasons).toEqual(["Created", "Placed", "Loading", "Ready", "Serving"]);
  });

  it("tells open pages what they show at once: the figures of the status that is written, with its generation", async () => {
    const told: { topic: string; projectId: string; state?: object }[] = [];
    const connected = Promise.withResolvers<void>();
    const listener = listen(["slipway_events"], { onNotify: (_, payload) => told.push(JSON.parse(payload) as (typeof told)[number]), onConnect: connected.resolve });
    await connected.promise;
    const { projectId } = await makeWorld();
    const id = await deploy(projectId);
    await settle(new FakeTarget(), await claim());
    const { deployment } = await getDeployment(projectId, "iris");
    const { phase, replicas, changedAt } = deployment.status;
    await expect.poll(() => told.filter((t) => t.topic === `deployment:${id}`).at(-1), { timeout: 20_000 }).toEqual({ topic: `deployment:${id}`, projectId, state: { generation: 1, observedGeneration: 1, phase, replicas, changedAt } });
    expect([phase, replicas.ready]).toEqual(["Ready", 1]);
    await listener.stop();
  });

  it("a deployment that the target already forgot is deleted all the same", async () => {
    const { projectId } = await makeWorld();
    const id = await deploy(projectId);
    const target = new FakeTarget();
    const lease = await claim();
    await settle(target, lease);
    target.forget();
    await deleteDeployment(tester, projectId, "iris");
    await settle(target, lease);
    expect(await db().deployment.count({ where: { id } })).toBe(0);
    expect(await db().replicaInterval.count({ where: { deploymentId: id, endedAt: null } })).toBe(0);
  });

  it("a target that cannot be asked keeps the last status, and is caught up with once it answers", async () => {
    const { projectId } = await makeWorld();
    await deploy(projectId);
    const target = new FakeTarget();
    const lease = await claim();
    await settle(target, lease);
    target.down = "connection refused";
    expect(await reconcile(lease, depsOf(target))).toMatchObject({ applied: false, write: "written" });
    expect(await reconcile(lease, depsOf(target))).toMatchObject({ write: "unchanged" });
    const { deployment } = await getDeployment(projectId, "iris");
    expect(deployment.phase).toBe("Ready");
    expect(deployment.status.conditions.find((c) => c.type === "TargetReachable")?.status).toBe("False");
    target.down = null;
    await settle(target, lease);
    expect((await getDeployment(projectId, "iris")).deployment.status.conditions.find((c) => c.type === "TargetReachable")?.status).toBe("True");
  });
});

describe("a target that refuses", () => {
  it("is not one that is away: the reason stands on the deployment, what serves goes on, and it is asked again", async () => {
    const { projectId } = await makeWorld();
    await deploy(projectId);
    const target = new FakeTarget();
    const lease = await claim();
    await settle(target, lease);
    await updateDeployment(tester, projectId, "iris", null, { scaling: { min: 1, max: 2 } });
    target.refuses = new AppError("conflict", "Deployment iris is also managed by argocd, which sets .spec.template.");
    expect(await reconcile(lease, depsOf(target))).toMatchObject({ applied: false, requeueAfterMs: 10_000, write: "written" });
    const { deployment } = await getDeployment(projectId, "iris");
    expect(deployment.status.conditions).toContainEqual(expect.objectContaining({ type: "Progressing", status: "False", reason: "Blocked", message: target.refuses.message }));
    expect(deployment.status.conditions.find((c) => c.type === "TargetReachable")?.status).toBe("True");
    expect(deployment.status.replicas.ready).toBe(1);
    target.refuses = null;
    await settle(target, lease);
    expect((await getDeployment(projectId, "iris")).deployment.phase).toBe("Ready");
  });
});

describe("the lease", () => {
  it("is given to one worker only, and to the next once it has expired; the one who slept past it writes nothing", async () => {
    const { projectId } = await makeWorld();
    const id = await deploy(projectId);
    const target = new FakeTarget();
    const slept = await claim();
    expect(await claimDue(pool(), "w2", 5)).toEqual([]);
    await pool().query(`UPDATE "Deployment" SET "leaseUntil" = now() - interval '1 second' WHERE id = $1`, [id]);
    const [next] = await claimDue(pool(), "w2", 5);
    expect(next).toEqual({ id, owner: "w2", epoch: slept.epoch + 1 });
    expect((await reconcile(slept, depsOf(target))).write).toBe("fenced");
    expect(await renewLease(pool(), slept)).toBe(false);
    await releaseLease(pool(), slept, 1, null);
    const row = await db().deployment.findUniqueOrThrow({ where: { id } });
    expect([row.leaseOwner, row.phase]).toEqual(["w2", "Pending"]);
    await settle(target, next!);
    expect((await getDeployment(projectId, "iris")).deployment.phase).toBe("Ready");
  });

  it("a change that comes in during a pass is not written over, and stays due", async () => {
    const { projectId } = await makeWorld();
    const id = await deploy(projectId);
    const target = new FakeTarget();
    const lease = await claim();
    const observe = target.observe.bind(target);
    target.observe = async (ref) => {
      await setRunning(tester, projectId, "iris", false);
      return observe(ref);
    };
    expect((await reconcile(lease, depsOf(target))).write).toBe("fenced");
    await releaseLease(pool(), lease, 1, null);
    expect((await db().deployment.findUniqueOrThrow({ where: { id } })).nextReconcileAt.getTime()).toBeLessThanOrEqual(Date.now());
  });
});

describe("the resync", () => {
  it("writes nothing where nothing differs, and makes due what does", async () => {
    const { projectId } = await makeWorld();
    const target = new FakeTarget();
    const ids: string[] = [];
    for (const name of ["a", "b", "c"]) {
      ids.push(await deploy(projectId, name));
      const lease = await claim();
      await settle(target, lease);
      await releaseLease(pool(), lease, 1, null);
    }
    const { targetId } = await db().deployment.findUniqueOrThrow({ where: { id: ids[0]! } });
    const before = await db().$queryRaw`SELECT id, xmin::text FROM "Deployment" ORDER BY id`;
    expect(await resync(pool(), targetId, target)).toEqual({ checked: 3, drifted: 0 });
    expect(await db().$queryRaw`SELECT id, xmin::text FROM "Deployment" ORDER BY id`).toEqual(before);
    target.held.delete(ids[1]!);
    expect(await resync(pool(), targetId, target)).toEqual({ checked: 3, drifted: 1 });
    await settle(target, await claim());
    expect(target.held.size).toBe(3);
  });

  it("the orphan sweep removes what has no row, and nothing else", async () => {
    const { projectId } = await makeWorld();
    const id = await deploy(projectId);
    const target = new FakeTarget();
    await settle(target, await claim());
    const { targetId } = await db().deployment.findUniqueOrThrow({ where: { id } });
    const orphan = { ...target.held.get(id)!.spec, ref: { id: "0190a000-0000-7000-8000-000000000001", project: "gone", projectId: "0190a000-0000-7000-8000-000000000002", deployment: "gone" } };
    await target.apply(orphan);
    expect(await sweepOrphans(targetId, target)).toBe(1);
    target.step();
    target.step();
    target.step();
    expect([...target.held.keys()]).toEqual([id]);
  });
});
