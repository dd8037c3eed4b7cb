import { db } from "@/lib/db/client";
import { notFound } from "@/lib/errors";
import { MODEL_SELECT, presentModel } from "@/lib/models/present-model";

export async function getModel(projectId: string, slug: string) {
  const row = await db().model.findUnique({ where: { projectId_slug: { projectId, slug } }, select: MODEL_SELECT });
  if (!row) throw notFound("model");
  return { model: presentModel(row), etag: `v${row.rowVersion}` };
}
