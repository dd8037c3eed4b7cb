import { db } from "@/lib/db/client";
import { presentDrill, type DrillDto } from "@/lib/drills/schema";
import { notFound } from "@/lib/errors";

const SHOWN = 20;

/** The newest drills of a deployment, newest first. */
export async function listDrills(projectId: string, slug: string): Promise<DrillDto[]> {
  const row = await db().deployment.findUnique({ where: { projectId_slug: { projectId, slug } }, select: { id: true, drills: { orderBy: { startedAt: "desc" }, take: SHOWN } } });
  if (!row) throw notFound("deployment");
  return row.drills.map(presentDrill);
}
