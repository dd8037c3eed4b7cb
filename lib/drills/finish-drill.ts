import { db } from "@/lib/db/client";
import { announce } from "@/lib/deployments/announce";
import { held, type Claim } from "@/lib/drills/claim";
import { recoverySeconds, type DrillProgress } from "@/lib/drills/step-drill";

/** Writes down how a drill ended, on the deployment's timeline too; nothing where the claim is no longer held. */
export async function finishDrill(claim: Claim, d: { id: string; slug: string; projectId: string }, progress: DrillProgress, at: Date): Promise<void> {
  await db().$transaction(async (tx) => {
    const ended = await tx.drill.updateMany({ where: held(claim), data: { progress, leaseUntil: null, state: progress.failure ? "failed" : "done", finishedAt: at } });
    if (ended.count === 0) return;
    await tx.deploymentEvent.createMany({ skipDuplicates: true, data: [{ deploymentId: d.id, at, lastAt: at, type: progress.failure ? "Warning" : "Normal", reason: progress.failure ? "DrillFailed" : "DrillFinished", message: words(progress), dedupeKey: `drill:${claim.id}:over` }] });
    await announce(tx, d);
  });
}

function words(p: DrillProgress): string {
  if (p.failure) return `The drill failed. ${p.failure}`;
  const unserved = p.unservedMs === 0 ? "a replica was ready all the time" : `no replica was ready for ${(p.unservedMs / 1000).toFixed(1)} s`;
  return `Node ${p.node} was drained: ${p.leaving.length} ${p.leaving.length === 1 ? "replica" : "replicas"} left, ${unserved}, and all were ready again after ${recoverySeconds(p)?.toFixed(1)} s.`;
}
