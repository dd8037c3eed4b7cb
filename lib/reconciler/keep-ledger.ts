import type { Tx } from "@/lib/db/client";
import type { Observed } from "@/lib/reconciler/desired";
import type { Loaded } from "@/lib/reconciler/load-desired";
import { stepOf } from "@/lib/reconciler/replica-progress";
import type { ReplicaObservation } from "@/lib/targets/target";

/**
 * The cost ledger follows what the target holds: one row a replica from when it was placed to when it ended. No interval stays
 * open without a living replica. Runs in the transaction that writes the status, so that the two never disagree.
 */
export async function keepLedger(tx: Tx, loaded: Loaded, observed: Observed): Promise<void> {
  if ("unreachable" in observed) return;
  const { row, prices } = loaded;
  const replicas = observed.exists ? observed.replicas : [];
  const living = replicas.filter((r) => stepOf(r) !== "ended");
  const known = await tx.replicaInterval.findMany({ where: { OR: [{ replicaId: { in: replicas.map((r) => r.id) } }, { deploymentId: row.id, endedAt: null }] }, select: { replicaId: true, deploymentId: true, endedAt: true } });
  const has = new Set(known.map((k) => k.replicaId));
  const fresh = replicas.filter((r) => !has.has(r.id) && prices.has(r.revision) && r.placedAt !== null);
  if (fresh.length > 0) {
    await tx.replicaInterval.createMany({
      skipDuplicates: true,
      data: fresh.map((r) => ({
        replicaId: r.id, deploymentId: row.id, projectId: row.projectId, environmentId: row.environmentId, deploymentSlug: row.slug, modelSlug: row.modelSlug, revision: r.revision,
        startedAt: r.placedAt!, endedAt: endOf(r), ...prices.get(r.revision)!,
      })),
    });
  }
  const alive = new Set(living.map((r) => r.id));
  for (const { replicaId } of known.filter((k) => k.deploymentId === row.id && k.endedAt === null && !alive.has(k.replicaId))) await closeInterval(tx, row.id, replicaId, replicas.find((r) => r.id === replicaId)?.endedAt ?? null);
}

const endOf = (r: ReplicaObservation) => (stepOf(r) === "ended" ? (r.endedAt ?? r.placedAt) : null);

/**
 * Ends an interval when the target says it ended; for a replica that vanished with its target, at its last sample, since nobody
 * was there to see it go (the machine may have been off for days); without samples, now.
 */
export async function closeInterval(tx: Tx, deploymentId: string, replicaId: string, endedAt: string | null): Promise<void> {
  await tx.$executeRaw`
    UPDATE "ReplicaInterval" i SET "endedAt" = GREATEST(i."startedAt", COALESCE(${endedAt}::timestamptz,
      (SELECT max(s.at) FROM telemetry.replica_sample s WHERE s.deployment_id = ${deploymentId}::uuid AND s.replica = i."replicaId" AND s.at >= i."startedAt"), now()))
    WHERE i."replicaId" = ${replicaId} AND i."endedAt" IS NULL`;
}
