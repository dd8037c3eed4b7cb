import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { onUniqueViolation } from "@/lib/db/unique-violation";
import { announce } from "@/lib/deployments/announce";
import { BEGUN } from "@/lib/drills/step-drill";
import { presentDrill, type DrillDto } from "@/lib/drills/schema";
import { AppError, notFound } from "@/lib/errors";

/** Writes down that a node of a deployment is to be drained; the workers do it. Throws conflict while one is under way. */
export async function startDrill(actor: Actor, projectId: string, slug: string, confirm: string): Promise<DrillDto> {
  const row = await db().deployment.findUnique({ where: { projectId_slug: { projectId, slug } }, select: { id: true, projectId: true, slug: true, phase: true, desiredState: true, target: { select: { kind: true } } } });
  if (!row) throw notFound("deployment");
  if (confirm !== slug) throw new AppError("unprocessable", `Type the deployment's name, ${slug}, to confirm the drill.`, { fields: [{ path: "confirm", message: `must be ${slug}` }] });
  if (row.target.kind === "local") throw new AppError("unprocessable", "This machine is one node, so there is nothing to drain. Drills are for deployments on a cluster.");
  if (row.desiredState !== "running" || row.phase !== "Ready") throw new AppError("conflict", `A drill measures a deployment that serves; this one is ${row.phase}.`);
  const now = new Date();
  return db().$transaction(async (tx) => {
    const drill = await tx.drill.create({ data: { deploymentId: row.id, progress: BEGUN, requestedById: actor.id, requestedBy: actor.label, startedAt: now } })
      .catch(onUniqueViolation(() => new AppError("conflict", "A drill of this deployment is under way.")));
    await tx.deploymentEvent.create({ data: { deploymentId: row.id, at: now, lastAt: now, type: "Normal", reason: "DrillStarted", message: `A drill was asked for by ${actor.label}: a node will be drained.`, dedupeKey: `drill:${drill.id}:started` } });
    await announce(tx, row);
    await writeAudit(tx, actor, { action: "deployment.drill", subject: { kind: "deployment", id: slug }, projectId, detail: { drill: drill.id } });
    return presentDrill(drill);
  });
}
