import { pool } from "@/lib/db/pool";

export type Queue = { name: string; waiting: number; oldestSeconds: number | null };

/** What waits for a worker, and for how long the oldest has been due. A deployment that is worked on, or a lease that runs, does not wait. */
export async function readQueues(): Promise<Queue[]> {
  const { rows } = await pool().query<{ name: string; waiting: string; oldest: number | null }>(`
    SELECT 'reconcile' AS name, count(*) AS waiting, extract(epoch from now() - min("nextReconcileAt"))::float8 AS oldest FROM "Deployment" WHERE "nextReconcileAt" <= now() AND ("leaseUntil" IS NULL OR "leaseUntil" <= now())
    UNION ALL SELECT 'imports', count(*), extract(epoch from now() - min("createdAt"))::float8 FROM "ModelImport" WHERE state = 'queued' AND ("leaseUntil" IS NULL OR "leaseUntil" <= now())
    UNION ALL SELECT 'alert messages', count(*), extract(epoch from now() - min("nextAttemptAt"))::float8 FROM "AlertDelivery" WHERE state = 'waiting' AND "nextAttemptAt" <= now() AND ("leaseUntil" IS NULL OR "leaseUntil" <= now())
    UNION ALL SELECT 'load tests', count(*), extract(epoch from now() - min("createdAt"))::float8 FROM "LoadTest" WHERE state = 'queued'`);
  return rows.map((r) => ({ name: r.name, waiting: Number(r.waiting), oldestSeconds: r.oldest === null ? null : Math.max(0, r.oldest) }));
}
