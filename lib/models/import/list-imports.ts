import { decodeCursor, page } from "@/lib/api/cursor";
import { db } from "@/lib/db/client";
import { notFound } from "@/lib/errors";
import { presentImport } from "@/lib/models/import/present-import";

/** Imports of a model, newest first. */
export async function listImports(projectId: string, slug: string, query: { limit: number; cursor?: string }) {
  const after = decodeCursor(query.cursor, ["uuid"]);
  const model = await db().model.findUnique({ where: { projectId_slug: { projectId, slug } }, select: { id: true } });
  if (!model) throw notFound("model");
  const before = after ? String(after[0]) : undefined;
  // Ids are UUIDv7: their order is that of creation.
  const rows = await db().modelImport.findMany({
    where: { modelId: model.id, ...(before && /^[0-9a-f-]{36}$/.test(before) ? { id: { lt: before } } : {}) }, orderBy: { id: "desc" }, take: query.limit + 1,
  });
  return page(rows, query.limit, (r) => [r.id], presentImport);
}
