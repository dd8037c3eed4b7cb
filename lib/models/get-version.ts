import { db } from "@/lib/db/client";
import { notFound } from "@/lib/errors";
import { presentVersion } from "@/lib/models/present-version";

export async function getVersion(projectId: string, slug: string, number: number) {
  const row = await db().modelVersion.findFirst({ where: { number, model: { projectId, slug } }, include: { files: { orderBy: { path: "asc" } } } });
  if (!row) throw notFound("version");
  return presentVersion(row);
}
