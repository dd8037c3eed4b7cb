import { decodeCursor, page } from "@/lib/api/cursor";
import { db } from "@/lib/db/client";
import { notFound } from "@/lib/errors";
import { presentVersion } from "@/lib/models/present-version";

/** Versions of a model, newest first. */
export async function listVersions(projectId: string, slug: string, query: { limit: number; cursor?: string }) {
  const after = decodeCursor(query.cursor, ["whole"]);
  const model = await db().model.findUnique({ where: { projectId_slug: { projectId, slug } }, select: { id: true } });
  if (!model) throw notFound("model");
  const rows = await db().modelVersion.findMany({
    where: { modelId: model.id, ...(after ? { number: { lt: Number(after[0]) } } : {}) },
    include: { files: { orderBy: { path: "asc" } } }, orderBy: { number: "desc" }, take: query.limit + 1,
  });
  return page(rows, query.limit, (v) => [v.number], presentVersion);
}
