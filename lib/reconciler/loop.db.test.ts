import type { Pool } from "pg";
import { beforeEach, expect, it } from "vitest";
import { useTestDatabase } from "@/e2e/use-test-database";
import { db } from "@/lib/db/client";
import { pool } from "@/lib/db/pool";
import { registry } from "@/lib/health/registry";
import { deploy, makeWorld } from "@/lib/reconciler/__fixtures__/deploy-world";
import { FakeTarget } from "@/lib/reconciler/__fixtures__/fake-target";
import { claim, depsOf, settle } from "@/lib/reconciler/__fixtures__/passes";
import { releaseLease } from "@/lib/reconciler/lease";
import { ReconcileLoop } from "@/lib/reconciler/loop";
import type { ReconcileDeps } from "@/lib/reconciler/reconcile";

useTestDatabase();
// What earlier tests left due would be taken too.
beforeEach(async () => void (await db().deployment.deleteMany()));

const quiet = { info: () => undefined, warn: () => undefined, error: (o: unknown) => { throw o; } };

/** A deployment that serves and is at rest: due again in the year 9999. */
async function resting(target: FakeTarget): Promise<string> {
  const { projectId } = await makeWorld();
  const id = await deploy(projectId);
  const lease = await claim();
  await settle(target, lease);
  await releaseLease(pool(), lease, 1, null);
  return id;
}

const rowOf = (id: string) => db().deployment.findUniqueOrThrow({ where: { id } });

it("what a target says changed is looked at right away and once, due or not, and is at rest again afterwards", async () => {
  const target = new FakeTarget();
  const id = await resting(target);
  const loop = new ReconcileLoop({ pool: pool(), owner: "w1", deps: depsOf(target), log: quiet, pollMs: 3_600_000 });
  loop.start();
  const before = target.calls.observe;
  await loop.changed([id]);
  await loop.stop();
  const row = await rowOf(id);
  expect([target.calls.observe - before, row.leaseOwner, row.nextReconcileAt.getUTCFullYear()]).toEqual([1, null, 9999]);
});

it("a change told during a pass, after it had looked, is looked at once more", async () => {
  const target = new FakeTarget();
  const id = await resting(target);
  const before = target.calls.observe;
  const late = Object.assign(Object.create(target) as FakeTarget, { observe: async (ref: Parameters<FakeTarget["observe"]>[0]) => {
    const seen = await target.observe(ref);
    // Told twice while it is under way: one more look is enough for both.
    if (target.calls.observe - before === 1) await Promise.all([loop.changed([id]), loop.changed([id])]);
    return seen;
  } });
  const loop = new ReconcileLoop({ pool: pool(), owner: "w1", deps: depsOf(late), log: quiet, pollMs: 3_600_000 });
  loop.start();
  await loop.changed([id]);
  await expect.poll(async () => [target.calls.observe - before, (await rowOf(id)).leaseOwner], { timeout: 20_000 }).toEqual([2, null]);
  await loop.stop();
  expect(target.calls.observe - before).toBe(2);
});

it("a change told while the lease is being given back is looked at after that", async () => {
  const target = new FakeTarget();
  const id = await resting(target);
  const before = target.calls.observe;
  let told = false;
  const query = async (text: string, values: unknown[]) => {
    if (!told && text.includes('"leaseOwner" = NULL')) {
      told = true;
      await loop.changed([id]);
    }
    return pool().query(text, values);
  };
  const loop = new ReconcileLoop({ pool: { query } as unknown as Pool, owner: "w1", deps: depsOf(target), log: quiet, pollMs: 3_600_000 });
  loop.start();
  await loop.changed([id]);
  await expect.poll(async () => { const row = await rowOf(id); return [target.calls.observe - before, row.leaseOwner, row.nextReconcileAt.getUTCFullYear()]; }, { timeout: 20_000 }).toEqual([2, null, 9999]);
  await loop.stop();
});

it("what another worker holds, and what there is no room for, is left due", async () => {
  const target = new FakeTarget();
  const id = await resting(target);
  const full = new ReconcileLoop({ pool: pool(), owner: "w1", deps: depsOf(target), log: quiet, pollMs: 3_600_000, concurrency: 0 });
  full.start();
  const before = target.calls.observe;
  await full.changed([id]);
  await full.stop();
  expect((await rowOf(id)).nextReconcileAt.getTime()).toBeLessThanOrEqual(Date.now());
  const held = await claim();
  await pool().query(`UPDATE "Deployment" SET "leaseUntil" = now() + interval '1 hour'`);
  const loop = new ReconcileLoop({ pool: pool(), owner: "w2", deps: depsOf(target), log: quiet, pollMs: 3_600_000 });
  loop.start();
  await loop.changed([id]);
  await loop.stop();
  expect([target.calls.observe - before, (await rowOf(id)).leaseEpoch]).toEqual([0, held.epoch]);
});

it("of a deployment whose pass fails before it has read anything is given back with a pause, not taken again at once", async () => {
  const { projectId } = await makeWorld();
  const id = await deploy(projectId);
  const failedAt: number[] = [];
  const deps: ReconcileDeps = { ...depsOf(new FakeTarget()), resolveSecrets: () => Promise.reject(new Error("the secrets cannot be decrypted")) };
  // Stopped at the failure, so that what is found afterwards is what was given back, on however slow a machine.
  const onError = () => { failedAt.push(Date.now()); void loop.stop(); };
  const loop = new ReconcileLoop({ pool: pool(), owner: "w1", deps, log: { ...quiet, error: onError }, pollMs: 20 });
  loop.start();
  await expect.poll(() => failedAt.length, { timeout: 20_000 }).toBe(1);
  await loop.stop();
  const row = await rowOf(id);
  expect([row.leaseOwner, row.nextReconcileAt.getTime() >= failedAt[0]! + 1000]).toEqual([null, true]);
});

it("four workers at once bring twenty deployments to Ready, each replica counted once", async () => {
  const { projectId } = await makeWorld();
  const ids = [];
  for (let i = 0; i < 20; i++) ids.push(await deploy(projectId, `d${i}`));
  const target = new FakeTarget();
  const moving = setInterval(() => target.step(), 20);
  const loops = ["a", "b", "c", "d"].map((owner) => new ReconcileLoop({ pool: pool(), owner, deps: depsOf(target), log: quiet, pollMs: 50 }));
  for (const loop of loops) loop.start();
  await expect.poll(() => db().deployment.count({ where: { projectId, phase: "Ready" } }), { timeout: 20_000 }).toBe(20);
  await Promise.all(loops.map((l) => l.stop()));
  clearInterval(moving);
  expect(ids.every((id) => target.held.has(id))).toBe(true);
  expect(await db().replicaInterval.count({ where: { projectId } })).toBe(20);
  for (const deploymentId of ids) expect(await db().deploymentEvent.count({ where: { deploymentId, reason: "Serving" } })).toBe(1);
  expect(await db().deployment.count({ where: { projectId, leaseOwner: { not: null } } })).toBe(0);
});

it("a lease that is lost during a pass is counted once", async () => {
  const { projectId } = await makeWorld();
  const id = await deploy(projectId);
  const target = new FakeTarget();
  const lost = async () => Number(/^slipway_lease_losses_total (\d+)$/m.exec(await registry().metrics())?.[1] ?? 0);
  const before = await lost();
  // Another worker has it by the time that this one writes.
  let stolen = 0;
  const stealing: ReconcileDeps = { ...depsOf(target), targetOf: () => Object.assign(Object.create(target) as FakeTarget, { observe: async (ref: Parameters<FakeTarget["observe"]>[0]) => {
    stolen += await db().$executeRaw`UPDATE "Deployment" SET "leaseEpoch" = "leaseEpoch" + 1, "leaseOwner" = 'w2', "leaseUntil" = now() + interval '1 hour' WHERE id = ${id}::uuid AND "leaseOwner" = 'w1'`;
    return target.observe(ref);
  } }) };
  const loop = new ReconcileLoop({ pool: pool(), owner: "w1", deps: stealing, log: { info: () => undefined, warn: () => undefined, error: () => undefined }, pollMs: 20 });
  loop.start();
  for (const end = Date.now() + 20_000; (await lost()) === before && Date.now() < end;) await new Promise((go) => setTimeout(go, 20));
  // Long enough for the wait after the pass, and the renewal that then fails.
  await loop.stop();
  expect([stolen, (await lost()) - before]).toEqual([1, 1]);
});
