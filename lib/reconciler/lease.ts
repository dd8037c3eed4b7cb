import type { Pool } from "pg";

/** How long a claim holds without being renewed. A worker that dies is replaced after this. */
export const LEASE_MS = 6_000;

/** The right to reconcile one deployment. `epoch` is the fencing token: every write names it, so that a holder that slept past its lease writes nothing. */
export type Lease = { id: string; owner: string; epoch: number };

/**
 * Claims up to `limit` deployments that are due and not held. Several workers at once never get the same one. The column keeps
 * milliseconds and rounds, so "now" as it was stored may lie half of one ahead: that counts as due.
 */
export async function claimDue(pool: Pool, owner: string, limit: number): Promise<Lease[]> {
  const { rows } = await pool.query<{ id: string; leaseEpoch: number }>(
    `UPDATE "Deployment" SET "leaseOwner" = $1, "leaseUntil" = now() + $2 * interval '1 millisecond', "leaseEpoch" = "leaseEpoch" + 1
     WHERE id IN (
       SELECT id FROM "Deployment" WHERE "nextReconcileAt" <= now() + interval '1 millisecond' AND ("leaseUntil" IS NULL OR "leaseUntil" <= now())
       ORDER BY "nextReconcileAt" LIMIT $3 FOR UPDATE SKIP LOCKED)
     RETURNING id, "leaseEpoch"`,
    [owner, LEASE_MS, limit],
  );
  return rows.map((r) => ({ id: r.id, owner, epoch: r.leaseEpoch }));
}

/** Claims those of `ids` that nobody holds, due or not: their target has just said that they changed, and to make them due first would be a write more. */
export async function claimThese(pool: Pool, owner: string, ids: string[]): Promise<Lease[]> {
  const { rows } = await pool.query<{ id: string; leaseEpoch: number }>(
    `UPDATE "Deployment" SET "leaseOwner" = $1, "leaseUntil" = now() + $2 * interval '1 millisecond', "leaseEpoch" = "leaseEpoch" + 1, "nextReconcileAt" = LEAST("nextReconcileAt", now())
     WHERE id IN (SELECT id FROM "Deployment" WHERE id = ANY($3::uuid[]) AND ("leaseUntil" IS NULL OR "leaseUntil" <= now()) FOR UPDATE SKIP LOCKED)
     RETURNING id, "leaseEpoch"`,
    [owner, LEASE_MS, ids],
  );
  return rows.map((r) => ({ id: r.id, owner, epoch: r.leaseEpoch }));
}

/** Holds on for another LEASE_MS. False: the lease was lost, and with it the right to do anything. */
export async function renewLease(pool: Pool, lease: Lease): Promise<boolean> {
  const { rowCount } = await pool.query(
    `UPDATE "Deployment" SET "leaseUntil" = now() + $3 * interval '1 millisecond' WHERE id = $1::uuid AND "leaseEpoch" = $2 AND "leaseOwner" IS NOT NULL`,
    [lease.id, lease.epoch, LEASE_MS],
  );
  return rowCount === 1;
}

/**
 * Gives the deployment back. `afterMs`: when it is due again; null: not before a user's change or a resync. A change that came in
 * meanwhile (another generation than the one last read) keeps its own due time; a pass that failed before it read any waits all the
 * same, or it would be repeated without a pause.
 */
export async function releaseLease(pool: Pool, lease: Lease, generation: number | null, afterMs: number | null): Promise<void> {
  await pool.query(
    `UPDATE "Deployment" SET "leaseOwner" = NULL, "leaseUntil" = NULL,
       "nextReconcileAt" = CASE WHEN generation = COALESCE($3, generation) THEN (CASE WHEN $4::float8 IS NULL THEN timestamp '9999-01-01' ELSE now() + $4::float8 * interval '1 millisecond' END) ELSE "nextReconcileAt" END
     WHERE id = $1::uuid AND "leaseEpoch" = $2`,
    [lease.id, lease.epoch, generation, afterMs],
  );
}
