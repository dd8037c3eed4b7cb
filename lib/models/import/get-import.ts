import { db } from "@/lib/db/client";
import { notFound } from "@/lib/errors";
import { presentImport } from "@/lib/models/import/present-import";

/** One import of a model. */
export async function getImport(projectId: string, slug: string, id: string) {
  const row = await db().modelImport.findFirst({ where: { id, projectId, model: { slug } } });
  if (!row) throw notFound("import");
  return presentImport(row);
}
