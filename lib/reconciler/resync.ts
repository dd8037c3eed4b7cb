import type { Pool } from "pg";
import { canonicalJson } from "@/lib/audit/hash";
import { readStatus, type StoredStatus } from "@/lib/deployments/stored-status";
import { replicaProgress } from "@/lib/reconciler/replica-progress";
import type { Observation, Target } from "@/lib/targets/target";

const PAGE = 1000;

/** Whether what the target tells is what was written down. Pure; cheap enough for ten thousand a pass. */
export function asWritten(status: StoredStatus, observed: Observation): boolean {
  if (!observed.exists) return false;
  return observed.specHash === status.specHash && canonicalJson(observed.revisions) === canonicalJson(status.revisions)
    && canonicalJson(replicaProgress(status.seen, observed, new Date(0)).seen) === canonicalJson(status.seen);
}

/**
 * Holds every steady deployment of a target against one answer of the target, and makes those due that differ. Where nothing
 * differs, nothing is written. Returns how many were looked at and how many differ.
 */
export async function resync(pool: Pool, targetId: string, target: Target): Promise<{ checked: number; drifted: number }> {
  const observed = await target.observeAll();
  let after = "00000000-0000-0000-0000-000000000000";
  let checked = 0;
  let drifted = 0;
  for (;;) {
    const { rows } = await pool.query<{ id: string; status: unknown }>(
      `SELECT id, status FROM "Deployment" WHERE "targetId" = $1::uuid AND id > $2::uuid AND "nextReconcileAt" > now() ORDER BY id LIMIT $3`, [targetId, after, PAGE]);
    const off = rows.filter((r) => !asWritten(readStatus(r.status), observed.get(r.id) ?? { exists: false })).map((r) => r.id);
    drifted += await makeDue(pool, off);
    checked += rows.length;
    if (rows.length < PAGE) return { checked, drifted };
    after = rows.at(-1)!.id;
  }
}

/** Makes deployments due at once that are not already. Returns how many that were. */
export async function makeDue(pool: Pool, ids: string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const { rowCount } = await pool.query(`UPDATE "Deployment" SET "nextReconcileAt" = now() WHERE id = ANY($1::uuid[]) AND "nextReconcileAt" > now()`, [ids]);
  return rowCount ?? 0;
}
