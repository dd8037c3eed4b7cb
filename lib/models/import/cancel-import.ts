import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { AppError, notFound } from "@/lib/errors";
import { announceImport } from "@/lib/models/import/announce-import";

/**
 * Stops an import. The worker that runs it notices at its next progress (within seconds) and keeps nothing. Cancelling twice
 * is success; what is done or failed can no longer be cancelled (conflict).
 */
export async function cancelImport(actor: Actor, projectId: string, slug: string, id: string): Promise<void> {
  await db().$transaction(async (tx) => {
    const row = await tx.modelImport.findFirst({ where: { id, projectId, model: { slug } }, select: { state: true } });
    if (!row) throw notFound("import");
    if (row.state === "cancelled") return;
    const stopped = await tx.modelImport.updateMany({
      where: { id, state: { in: ["queued", "running"] } }, data: { state: "cancelled", finishedAt: new Date(), leaseOwner: null, leaseUntil: null },
    });
    if (stopped.count === 0) throw new AppError("conflict", "The import has already ended.");
    await announceImport(tx, id, projectId);
    await writeAudit(tx, actor, { action: "import.cancel", subject: { kind: "model", id: slug }, projectId, detail: { import: id } });
  });
}
