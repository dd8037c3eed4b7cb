import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { AppError, notFound } from "@/lib/errors";
import { announceImport } from "@/lib/models/import/announce-import";
import { presentImport } from "@/lib/models/import/present-import";
import { type ImportDto, type ImportRequest, NO_PROGRESS } from "@/lib/models/import/schema";
import { assertBucketAllowed } from "@/lib/models/import/s3-allow-list";
import { sourceUri } from "@/lib/models/import/source-uri";

/** Unfinished imports a project may have: one person's script must not keep the workers from everybody else. */
export const MAX_OPEN_IMPORTS = 20;

/**
 * Puts an import in the queue; a worker runs it (lib/models/import/run-imports.ts). Nothing is fetched here: whoever asks learns
 * at once that it is queued, and by the import itself how it goes.
 */
export async function queueImport(actor: Actor, projectId: string, modelSlug: string, request: ImportRequest): Promise<ImportDto> {
  if ("s3" in request) assertBucketAllowed(request.s3.uri, env().SLIPWAY_IMPORT_BUCKETS);
  return db().$transaction(async (tx) => {
    // The project's lock makes the count true when several are queued at once.
    await tx.$queryRaw`SELECT id FROM "Project" WHERE id = ${projectId}::uuid FOR UPDATE`;
    const model = await tx.model.findUnique({ where: { projectId_slug: { projectId, slug: modelSlug } }, select: { id: true } });
    if (!model) throw notFound("model");
    const open = await tx.modelImport.count({ where: { projectId, state: { in: ["queued", "running"] } } });
    if (open >= MAX_OPEN_IMPORTS) throw new AppError("rate_limited", `${open} imports of this project are still open, and ${MAX_OPEN_IMPORTS} may be. Wait for one to end, or cancel one.`, { retryAfterSeconds: 60 });
    const row = await tx.modelImport.create({ data: { projectId, modelId: model.id, request, progress: NO_PROGRESS, createdById: actor.id, createdBy: actor.label } });
    await tx.$executeRaw`SELECT pg_notify('slipway_imports', ${row.id})`;
    await announceImport(tx, row.id, projectId);
    await writeAudit(tx, actor, { action: "import.create", subject: { kind: "model", id: modelSlug }, projectId, detail: { import: row.id, from: sourceUri(request) } });
    return presentImport(row);
  });
}
