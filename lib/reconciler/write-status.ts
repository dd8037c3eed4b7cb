import { canonicalJson } from "@/lib/audit/hash";
import { db, type Tx } from "@/lib/db/client";
import { announce } from "@/lib/deployments/announce";
import type { Decision, Observed } from "@/lib/reconciler/desired";
import { keepLedger } from "@/lib/reconciler/keep-ledger";
import type { Lease } from "@/lib/reconciler/lease";
import type { Loaded } from "@/lib/reconciler/load-desired";

/** unchanged: nothing was different, nothing was written. fenced: the lease or the generation moved on; nothing was written either. */
export type WriteResult = "unchanged" | "written" | "fenced";

/** Writes what a pass found out: status, events and cost ledger in one transaction, only when something changed. */
export async function writeStatus(lease: Lease, loaded: Loaded, observed: Observed, decision: Decision): Promise<WriteResult> {
  const { desired, row } = loaded;
  const same = decision.phase === desired.phase && decision.observedGeneration === desired.observedGeneration && decision.promote === undefined
    && canonicalJson(decision.status) === canonicalJson(desired.status);
  if (same && !decision.done) return "unchanged";
  return db().$transaction(async (tx): Promise<WriteResult> => {
    const guard = { id: lease.id, leaseEpoch: lease.epoch, generation: desired.generation };
    const changed = await tx.deployment.updateMany({
      where: guard,
      data: {
        phase: decision.phase, observedGeneration: decision.observedGeneration, status: decision.status, statusChangedAt: new Date(),
        ...(decision.promote === undefined ? {} : { stableRevision: decision.promote, canaryWeight: null }),
      },
    });
    if (changed.count === 0) return "fenced";
    await keepLedger(tx, loaded, observed);
    if (decision.done) await tx.deployment.deleteMany({ where: guard });
    else await writeEvents(tx, row.id, decision.events);
    await announce(tx, row);
    return "written";
  });
}

/** An event whose key is known was written by an earlier pass, or by another worker's. */
async function writeEvents(tx: Tx, deploymentId: string, events: Decision["events"]): Promise<void> {
  if (events.length === 0) return;
  await tx.deploymentEvent.createMany({
    data: events.map((e) => ({ deploymentId, at: e.at, lastAt: e.at, type: e.type, reason: e.reason, message: e.message.slice(0, 4000), revision: e.revision, replica: e.replica, dedupeKey: e.key })),
    skipDuplicates: true,
  });
}
