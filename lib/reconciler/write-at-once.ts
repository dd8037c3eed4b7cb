import { pool } from "@/lib/db/pool";
import { announcementsOf } from "@/lib/deployments/announce";
import { liveStateOf } from "@/lib/reconciler/live-state-of";
import type { Decision, Observed } from "@/lib/reconciler/desired";
import { stepOf } from "@/lib/reconciler/replica-progress";
import type { Lease } from "@/lib/reconciler/lease";
import type { Loaded } from "@/lib/reconciler/load-desired";

/**
 * Writes the usual outcome of a pass, a status and what is told of it, in one statement, guarded as every status is. False: nothing was written, since the
 * lease or the generation moved on, or the cost ledger lacks something; then the whole transaction is to be tried.
 */
export async function writeAtOnce(lease: Lease, { desired, row, prices }: Loaded, observed: Observed, decision: Decision, changedAt: Date): Promise<boolean> {
  if (decision.done || decision.promote !== undefined || decision.rollBackTo !== undefined || decision.canaryWeight !== undefined) return false;
  const replicas = "unreachable" in observed || !observed.exists ? [] : observed.replicas;
  // What the ledger must hold, and what alone may be open in it; of a target that cannot be asked nothing is known.
  const placed = replicas.filter((r) => r.placedAt !== null && prices.has(r.revision)).map((r) => r.id);
  const living = "unreachable" in observed ? null : replicas.filter((r) => stepOf(r) !== "ended").map((r) => r.id);
  const { rowCount } = await pool().query(
    `WITH changed AS (
       UPDATE "Deployment" SET phase = $4, "observedGeneration" = $5, status = $6::jsonb, "statusChangedAt" = $7::timestamptz, "updatedAt" = $7::timestamptz
       WHERE id = $1::uuid AND "leaseEpoch" = $2 AND generation = $3
         AND (SELECT count(*) FROM "ReplicaInterval" WHERE "replicaId" = ANY($8::text[])) = cardinality($8::text[])
         AND ($9::text[] IS NULL OR NOT EXISTS (SELECT FROM "ReplicaInterval" WHERE "deploymentId" = $1::uuid AND "endedAt" IS NULL AND "replicaId" <> ALL($9::text[])))
       RETURNING id),
     told AS (
       INSERT INTO "DeploymentEvent" ("deploymentId", at, "lastAt", type, reason, message, revision, replica, "dedupeKey")
       SELECT changed.id, e.at, e.at, e.type, e.reason, left(e.message, 4000), e.revision, e.replica, e.key
       FROM changed, jsonb_to_recordset($10::jsonb) AS e(key text, at timestamptz, type text, reason text, message text, revision integer, replica text)
       ON CONFLICT ("deploymentId", "dedupeKey") DO NOTHING)
     SELECT pg_notify('slipway_events', $11), pg_notify('slipway_events', $12) FROM changed`,
    [lease.id, lease.epoch, desired.generation, decision.phase, decision.observedGeneration, JSON.stringify(decision.status), changedAt.toISOString(), placed, living, JSON.stringify(decision.events),
      ...announcementsOf(row, liveStateOf(desired, decision, changedAt))],
  );
  return rowCount === 1;
}
