import { db } from "@/lib/db/client";
import type { Target } from "@/lib/targets/target";

/**
 * Removes what a target holds without a row: a deployment's row always comes before what runs for it, so whatever is listed and
 * has none afterwards is an orphan. Returns how many were removed.
 */
export async function sweepOrphans(targetId: string, target: Target): Promise<number> {
  const held = await target.list();
  if (held.length === 0) return 0;
  const rows = await db().deployment.findMany({ where: { targetId, id: { in: held.map((h) => h.id) } }, select: { id: true } });
  const known = new Set(rows.map((r) => r.id));
  const orphans = held.filter((h) => !known.has(h.id));
  for (const orphan of orphans) await target.remove(orphan);
  return orphans.length;
}

/** Ends the cost intervals of deployments that are gone: nothing would do it otherwise. Returns how many. */
export function closeOrphanIntervals(): Promise<number> {
  return db().$executeRaw`
    UPDATE "ReplicaInterval" i SET "endedAt" = GREATEST(i."startedAt", COALESCE(
      (SELECT max(s.at) FROM telemetry.replica_sample s WHERE s.deployment_id = i."deploymentId" AND s.replica = i."replicaId" AND s.at >= i."startedAt"), now()))
    WHERE i."endedAt" IS NULL AND NOT EXISTS (SELECT 1 FROM "Deployment" d WHERE d.id = i."deploymentId")`;
}
