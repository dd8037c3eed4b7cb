import { decodeCursor, page } from "@/lib/api/cursor";
import type { Actor } from "@/lib/auth/actor";
import { presentApproval, WITH_NAMES } from "@/lib/approvals/present-approval";
import type { APPROVAL_STATES } from "@/lib/approvals/schema";
import { db } from "@/lib/db/client";
import { notFound } from "@/lib/errors";

type Query = { limit: number; cursor?: string; state: (typeof APPROVAL_STATES)[number] | "all" };

/** Requests in these projects, newest first. */
export async function listApprovals(actor: Actor, projectIds: string[], query: Query) {
  const after = decodeCursor(query.cursor, ["uuid"]);
  const rows = await db().approval.findMany({
    where: { projectId: { in: projectIds }, ...(query.state === "all" ? {} : { state: query.state }), ...(after ? { id: { lt: String(after[0]) } } : {}) },
    orderBy: { id: "desc" }, take: query.limit + 1, include: WITH_NAMES,
  });
  return page(rows, query.limit, (r) => [r.id], (r) => presentApproval(r, actor));
}

export async function getApproval(actor: Actor, projectId: string, id: string) {
  const row = await db().approval.findFirst({ where: { id, projectId }, include: WITH_NAMES });
  if (!row) throw notFound("approval");
  return presentApproval(row, actor);
}
