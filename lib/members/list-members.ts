import { decodeCursor, page } from "@/lib/api/cursor";
import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import type { MemberDto } from "@/lib/members/schema";

/** Members of a project in the order of their ids. Owners and platform people have their rights without being listed. */
export async function listMembers(actor: Actor, projectId: string, query: { limit: number; cursor?: string }) {
  requirePermission(actor, "member.read", projectId);
  const after = decodeCursor(query.cursor, ["text"]);
  const rows = await db().projectMember.findMany({
    where: { projectId, ...(after ? { userId: { gt: String(after[0]) } } : {}) }, orderBy: { userId: "asc" }, take: query.limit + 1,
    select: { userId: true, role: true, createdAt: true, user: { select: { name: true, email: true } } },
  });
  return page(rows, query.limit, (m) => [m.userId], presentMember);
}

export const presentMember = (m: { userId: string; role: MemberDto["role"]; createdAt: Date; user: { name: string; email: string } }): MemberDto =>
  ({ user: m.userId, name: m.user.name, email: m.user.email, role: m.role, since: m.createdAt.toISOString() });
