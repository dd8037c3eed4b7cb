import { db } from "@/lib/db/client";
import { until, type FaultRig } from "./fault-rig";

const living = (state: string) => state !== "exited" && state !== "failed";

/**
 * What is wrong with one deployment, in words; null when the world is as its row says: exactly the wanted replicas, of the wanted
 * revision, ready; the status tells so of the newest generation; and each open interval of the ledger has its living replica.
 * `id` with no row: nothing of it may be left.
 */
async function fault(rig: FaultRig, id: string): Promise<string | null> {
  const row = await db().deployment.findUnique({ where: { id } });
  const seen = await rig.target.observe({ id, project: "faults", projectId: row?.projectId ?? "gone", deployment: row?.slug ?? "gone" });
  const replicas = seen.exists ? seen.replicas.filter((r) => living(r.state)) : [];
  const open = (await db().replicaInterval.findMany({ where: { deploymentId: id, endedAt: null }, select: { replicaId: true } })).map((i) => i.replicaId).sort();
  const ids = replicas.map((r) => r.id).sort();
  if (open.join() !== ids.join()) return `the ledger's open intervals are [${open}], the living replicas [${ids}]`;
  if (!row) return seen.exists ? "the row is gone and the target still holds it" : null;
  if (row.desiredState === "deleted") return `still ${row.phase}`;
  const wanted = row.desiredState === "stopped" ? 0 : row.minReplicas;
  if (replicas.length !== wanted) return `${replicas.length} replicas where ${wanted} are wanted`;
  const off = replicas.find((r) => r.state !== "ready" || r.revision !== row.desiredRevision);
  if (off) return `replica ${off.id} is ${off.state} at revision ${off.revision}, wanted is ${row.desiredRevision}`;
  const phase = wanted === 0 ? "Stopped" : "Ready";
  if (row.phase !== phase) return `the status says ${row.phase}, not ${phase}`;
  if (row.observedGeneration !== row.generation) return `generation ${row.generation} is not the one seen, ${row.observedGeneration}`;
  return null;
}

/** Waits until all of them are as their rows say, and nothing runs beside them. Throws with what is still wrong. */
export async function settled(rig: FaultRig, deploymentIds: string[], seconds = 120): Promise<void> {
  let wrong: string | null = null;
  await until(() => `${wrong}\n${rig.tail()}`, async () => {
    wrong = null;
    for (const id of deploymentIds) {
      wrong = await fault(rig, id).catch((error: unknown) => String(error));
      if (wrong !== null) return false;
    }
    wrong = await beside(rig).catch((error: unknown) => String(error));
    return wrong === null;
  }, seconds);
}

/** Orphans: what the target holds without a row, processes without a replica, open intervals without a row. */
async function beside(rig: FaultRig): Promise<string | null> {
  const held = await rig.target.observeAll();
  const rows = new Set((await db().deployment.findMany({ select: { id: true } })).map((d) => d.id));
  const orphan = [...held.keys()].find((id) => !rows.has(id));
  if (orphan) return `the target holds ${orphan}, which has no row`;
  const replicas = [...held.values()].flatMap((o) => (o.exists ? o.replicas.filter((r) => living(r.state)) : []));
  const processes = rig.modelServers();
  if (processes.length !== replicas.length) return `${processes.length} model servers run for ${replicas.length} replicas`;
  const open = await db().replicaInterval.count({ where: { endedAt: null } });
  return open === replicas.length ? null : `${open} open intervals for ${replicas.length} replicas`;
}
