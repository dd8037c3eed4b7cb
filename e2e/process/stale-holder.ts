import fs from "node:fs";
import { db } from "@/lib/db/client";
import type { Failpoint } from "@/lib/reconciler/failpoint";
import { settled } from "./fault-claims";
import { end, until, type FaultRig } from "./fault-rig";
import { idOf, operate } from "./kill-matrix";

/**
 * A worker is frozen in the middle of a pass until its lease has run out and another worker has brought a newer wish about; then it
 * goes on with what it held in its hands. The newer wish must stand, and its status must not be written over.
 */
export async function staleHolder(rig: FaultRig, point: Failpoint, slug: string): Promise<void> {
  const frozen = rig.startWorker(`${point}@${slug}!`);
  await operate(rig, "create", slug);
  const id = await idOf(rig, slug);
  await until("the worker is frozen", async () => /^\d+ \(.*\) T/.test(fs.readFileSync(`/proc/${frozen.pid}/stat`, "latin1")));
  const { leaseEpoch } = await db().deployment.findUniqueOrThrow({ where: { id } });
  const other = rig.startWorker();
  await operate(rig, "change", slug);
  await operate(rig, "scale", slug);
  await settled(rig, [id]); // the lease runs out by itself
  const before = await db().deployment.findUniqueOrThrow({ where: { id } });
  if (before.leaseEpoch <= leaseEpoch) throw new Error("nobody else took the lease");
  frozen.kill("SIGCONT");
  // It is through with what it held once it has taken part again: it claims what is due.
  await operate(rig, "stop", slug);
  await settled(rig, [id]);
  await operate(rig, "start", slug);
  await settled(rig, [id]);
  const after = await db().deployment.findUniqueOrThrow({ where: { id } });
  if (after.desiredRevision !== 2 || after.stableRevision !== 2) throw new Error(`revision ${after.stableRevision} serves, not the newest`);
  await operate(rig, "delete", slug);
  await settled(rig, [id]);
  await end(frozen);
  await end(other);
}
