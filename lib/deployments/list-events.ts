import { decodeCursor, page } from "@/lib/api/cursor";
import { db } from "@/lib/db/client";
import { AppError, notFound } from "@/lib/errors";

/** Events of a deployment, newest first. */
export async function listEvents(projectId: string, slug: string, query: { limit: number; cursor?: string }) {
  const before = decodeCursor(query.cursor, ["text"]);
  if (before && !/^\d{1,18}$/.test(String(before[0]))) throw new AppError("invalid_request", "The cursor is not valid. Start again without one.");
  const deployment = await db().deployment.findUnique({ where: { projectId_slug: { projectId, slug } }, select: { id: true } });
  if (!deployment) throw notFound("deployment");
  const rows = await db().deploymentEvent.findMany({
    where: { deploymentId: deployment.id, ...(before ? { id: { lt: BigInt(before[0]!) } } : {}) },
    orderBy: { id: "desc" }, take: query.limit + 1,
  });
  return page(rows, query.limit, (e) => [e.id.toString()], (e) => ({
    id: e.id.toString(), at: e.at.toISOString(), lastAt: e.lastAt.toISOString(), type: e.type === "Warning" ? "Warning" as const : "Normal" as const,
    reason: e.reason, message: e.message, revision: e.revision, replica: e.replica, count: e.count,
  }));
}
