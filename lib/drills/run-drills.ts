import { db } from "@/lib/db/client";
import { announce } from "@/lib/deployments/announce";
import { recoverySeconds, stepDrill, type DrillProgress } from "@/lib/drills/step-drill";
import { AppError } from "@/lib/errors";
import { TARGET_ROW, targetOf, type TargetRow } from "@/lib/targets/registry";
import type { NodeDrain } from "@/lib/targets/target";

/** A worker that dies is followed by another after this. */
const LEASE_MS = 10_000;

type Deps = { now?: () => Date; drainOf?: (row: TargetRow) => NodeDrain | undefined };

/** One look at each drill that runs and that nobody else has in hand. Returns how many run. */
export async function runDrills({ now = () => new Date(), drainOf = (row) => targetOf(row).drain }: Deps = {}): Promise<number> {
  const claimed = await db().$queryRaw<{ id: string }[]>`
    UPDATE "Drill" SET "leaseUntil" = now() + ${LEASE_MS} * interval '1 millisecond'
    WHERE id IN (SELECT id FROM "Drill" WHERE state = 'running' AND ("leaseUntil" IS NULL OR "leaseUntil" <= now()) FOR UPDATE SKIP LOCKED) RETURNING id`;
  await Promise.all(claimed.map(({ id }) => look(id, now, drainOf)));
  return claimed.length;
}

async function look(id: string, now: () => Date, drainOf: NonNullable<Deps["drainOf"]>): Promise<void> {
  const row = await db().drill.findUnique({ where: { id }, include: { deployment: { select: { id: true, slug: true, projectId: true, project: { select: { slug: true } }, target: { select: TARGET_ROW } } } } });
  if (!row || row.state !== "running") return;
  const { deployment: d } = row;
  const ref = { id: d.id, project: d.project.slug, projectId: d.projectId, deployment: d.slug };
  const before = row.progress as unknown as DrillProgress;
  let after = before;
  try {
    const drain = drainOf(d.target);
    if (!drain) throw new AppError("unprocessable", "The target has no nodes that could be drained.");
    after = stepDrill(before, before.step === "uncordon" ? [] : await drain.look(ref), row.startedAt, now());
    if (after.step === "cordon" && after.node !== null) {
      // The node is written down before it is touched, so that whoever goes on knows what to give back.
      if (before.node === null) await save(id, after);
      after = { ...after, cordonedByUs: (await drain.cordon(after.node)) || before.node !== null, step: "evict" };
    }
    if (after.step === "evict" && after.node !== null) {
      await save(id, after);
      after = { ...after, blockedBy: (await drain.evict(ref, after.node)).blocked };
    }
    if (after.step === "uncordon" && after.node !== null) {
      if (after.cordonedByUs) await drain.uncordon(after.node);
      after = { ...after, step: "over" };
    }
  } catch (error) {
    // The cluster may answer again; past its deadline a drill says what kept it.
    if (!(error instanceof AppError)) throw error;
    if (now().getTime() - row.startedAt.getTime() > GIVE_UP_MS || error.code === "unprocessable") after = { ...after, step: "over", failure: error.message };
  }
  await db().$transaction(async (tx) => {
    const over = after.step === "over";
    await tx.drill.updateMany({ where: { id, state: "running" }, data: { progress: after, leaseUntil: null, ...(over ? { state: after.failure ? "failed" : "done", finishedAt: now() } : {}) } });
    if (!over) return;
    const at = now();
    await tx.deploymentEvent.createMany({ skipDuplicates: true, data: [{ deploymentId: d.id, at, lastAt: at, type: after.failure ? "Warning" : "Normal", reason: after.failure ? "DrillFailed" : "DrillFinished", message: words(after), dedupeKey: `drill:${id}:over` }] });
    await announce(tx, d);
  });
}

/** Longer than a drill may take, for a cluster that went away in the middle. */
const GIVE_UP_MS = 30 * 60_000;

const save = (id: string, progress: DrillProgress) => db().drill.updateMany({ where: { id, state: "running" }, data: { progress } });

function words(p: DrillProgress): string {
  if (p.failure) return `The drill failed. ${p.failure}`;
  const unserved = p.unservedMs === 0 ? "a replica was ready all the time" : `no replica was ready for ${(p.unservedMs / 1000).toFixed(1)} s`;
  return `Node ${p.node} was drained: ${p.leaving.length} ${p.leaving.length === 1 ? "replica" : "replicas"} left, ${unserved}, and all were ready again after ${recoverySeconds(p)?.toFixed(1)} s.`;
}
