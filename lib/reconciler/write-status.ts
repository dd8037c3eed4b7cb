import { canonicalJson } from "@/lib/audit/hash";
import { writeAudit } from "@/lib/audit/write-audit";
import { systemActor } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db/client";
import { announce } from "@/lib/deployments/announce";
import { NO_CANARY } from "@/lib/deployments/no-canary";
import type { Decision, Observed } from "@/lib/reconciler/desired";
import { liveStateOf } from "@/lib/reconciler/live-state-of";
import { keepLedger } from "@/lib/reconciler/keep-ledger";
import type { Lease } from "@/lib/reconciler/lease";
import type { Loaded } from "@/lib/reconciler/load-desired";
import { writeAtOnce } from "@/lib/reconciler/write-at-once";

/** unchanged: nothing was different, nothing was written. fenced: the lease or the generation moved on; nothing was written either. held: written, but the row of a deleted one stays while a drill has its node to give back. */
export type WriteResult = "unchanged" | "written" | "fenced" | "held";

/** Writes what a pass found out: status, events and cost ledger, all or none, only when something changed. */
export async function writeStatus(lease: Lease, loaded: Loaded, observed: Observed, decision: Decision): Promise<WriteResult> {
  const { desired, row } = loaded;
  const same = decision.phase === desired.phase && decision.observedGeneration === desired.observedGeneration && decision.promote === undefined && decision.rollBackTo === undefined
    && canonicalJson(decision.status) === canonicalJson(desired.status);
  if (same && !decision.done) return "unchanged";
  const changedAt = new Date();
  if (await writeAtOnce(lease, loaded, observed, decision, changedAt)) return "written";
  return db().$transaction(async (tx): Promise<WriteResult> => {
    const guard = { id: lease.id, leaseEpoch: lease.epoch, generation: desired.generation };
    const changed = await tx.deployment.updateMany({
      where: guard,
      data: {
        phase: decision.phase, observedGeneration: decision.observedGeneration, status: decision.status, statusChangedAt: changedAt,
        ...(decision.canaryWeight === undefined ? {} : { canaryWeight: decision.canaryWeight }),
        ...(decision.promote === undefined ? {} : { stableRevision: decision.promote, ...NO_CANARY }),
        // What is wanted changes, so it is a generation of its own: whoever read the one before has to look again.
        ...(decision.rollBackTo === undefined ? {} : { desiredRevision: decision.rollBackTo, ...NO_CANARY, generation: { increment: 1 }, nextReconcileAt: new Date(0) }),
      },
    });
    if (changed.count === 0) return "fenced";
    await keepLedger(tx, loaded, observed);
    const gone = decision.done && (await tx.deployment.deleteMany({ where: { ...guard, drills: { none: { state: "running" } } } })).count > 0;
    if (!gone) await writeEvents(tx, row.id, decision.events);
    if (decision.rollBackTo !== undefined) {
      await writeAudit(tx, systemActor("canary"), { action: "deployment.rollback", subject: { kind: "deployment", id: row.slug }, projectId: row.projectId, detail: { from: desired.desiredRevision, to: decision.rollBackTo, why: decision.status.canary?.reason ?? null } });
    }
    await announce(tx, row, liveStateOf(desired, decision, changedAt));
    return decision.done && !gone ? "held" : "written";
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
