import type { Deployment } from "@/lib/db/generated/client";
import { writeAudit, type AuditEvent } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db/client";
import type { DeploymentUncheckedUpdateInput } from "@/lib/db/generated/models";
import { announce, wakeWorkers } from "@/lib/deployments/announce";
import type { Phase } from "@/lib/deployments/schema";
import { readStatus, statusOnChange } from "@/lib/deployments/stored-status";
import { AppError, notFound } from "@/lib/errors";

/** In the past by any clock, and before everything that is due by a timer. */
const DUE_AT_ONCE = new Date(0);

export type Locked = Deployment & { target: { kind: string; config: unknown; settings: unknown; detected: unknown } };

/** Who asked for a change that somebody else approved. */
export type Approved = { byId: string; by: string };

export type Change = {
  data: Omit<DeploymentUncheckedUpdateInput, "generation" | "nextReconcileAt" | "status">;
  event: { reason: string; message: string };
  audit: { action: string; detail?: AuditEvent["detail"] };
};

type Make = (tx: Tx, row: Locked) => Promise<Change | null>;

/**
 * The one way a user changes a deployment: under the row's lock, in one transaction, the change itself, the new generation, the
 * wake-up, the event and the audit row. `decide` returns null when nothing would change: then nothing is written.
 * Throws not_found; precondition_failed when `ifMatch` names another generation; conflict when it is being deleted.
 */
export const changeDeployment = (actor: Actor, projectId: string, slug: string, ifMatch: string | null, make: Make): Promise<void> =>
  db().$transaction((tx) => changeDeploymentIn(tx, actor, projectId, slug, ifMatch, make));

/** As changeDeployment, in a transaction that has more to do. */
export async function changeDeploymentIn(tx: Tx, actor: Actor, projectId: string, slug: string, ifMatch: string | null, make: Make): Promise<void> {
  await tx.$queryRaw`SELECT id FROM "Deployment" WHERE "projectId" = ${projectId}::uuid AND slug = ${slug} FOR UPDATE`;
  const row = await tx.deployment.findUnique({ where: { projectId_slug: { projectId, slug } }, include: { target: { select: { kind: true, config: true, settings: true, detected: true } } } });
  if (!row) throw notFound("deployment");
  if (ifMatch !== null && ifMatch !== "*" && ifMatch !== `g${row.generation}`) {
    throw new AppError("precondition_failed", "Somebody changed this deployment since you read it. Read it again, then repeat your change.");
  }
  const change = await make(tx, row);
  if (!change) return;
  if (row.desiredState === "deleted") throw new AppError("conflict", "This deployment is being deleted.");
  const now = new Date();
  const revision = typeof change.data.desiredRevision === "number" ? change.data.desiredRevision : row.desiredRevision;
  const generation = row.generation + 1;
  await tx.deployment.update({
    where: { id: row.id },
    data: { phase: phaseOnChange(row, change.data.desiredState ?? row.desiredState), ...change.data, generation, nextReconcileAt: DUE_AT_ONCE, status: statusOnChange(readStatus(row.status), revision, now), statusChangedAt: now },
  });
  await tx.deploymentEvent.create({ data: { deploymentId: row.id, at: now, lastAt: now, type: "Normal", reason: change.event.reason, message: change.event.message, revision } });
  await wakeWorkers(tx, row.id);
  await announce(tx, row);
  await writeAudit(tx, actor, { ...change.audit, subject: { kind: "deployment", id: slug }, projectId });
}

/** What it is until a worker has looked: never still "Ready", which would be about the state before the change. */
function phaseOnChange(row: Locked, desiredState: unknown): Phase {
  if (desiredState === "stopped") return "Stopping";
  if (row.stableRevision === null) return "Pending";
  return row.phase === "Stopped" || row.phase === "Stopping" ? "Deploying" : "Updating";
}
