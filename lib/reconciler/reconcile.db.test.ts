import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "@/e2e/test-database";
import { deploy, makeWorld, tester } from "@/lib/reconciler/__fixtures__/deploy-world";
import { FakeTarget } from "@/lib/reconciler/__fixtures__/fake-target";
import { db } from "@/lib/db/client";
import { pool } from "@/lib/db/pool";
import { deleteDeployment } from "@/lib/deployments/delete-deployment";
import { getDeployment } from "@/lib/deployments/get-deployment";
import { claimDue, releaseLease, type Lease } from "@/lib/reconciler/lease";
import { reconcile, type ReconcileDeps } from "@/lib/reconciler/reconcile";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  process.env.DATABASE_URL = database.appUrl;
  process.env.DATABASE_MIGRATION_URL = database.migrationUrl;
});
afterAll(async () => {
  await db().$disconnect();
  await pool().end();
  await database.drop();
});

const depsOf = (target: FakeTarget): ReconcileDeps => ({ targetOf: () => target, resolveSecrets: async () => new Map(), now: () => new Date() });
const claim = async (): Promise<Lease> => (await claimDue(pool(), "w1", 1))[0]!;

/** Passes until nothing more is asked for, the target moving one step between two of them. */
async function settle(target: FakeTarget, lease: Lease, most = 20): Promise<number> {
  for (let passes = 1; passes <= most; passes++) {
    const pass = await reconcile(lease, depsOf(target));
    if (pass.requeueAfterMs === null) return passes;
    target.step();
  }
  throw new Error("did not settle");
}

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
});
