import type { Actor } from "@/lib/auth/actor";
import { requirePermission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import { notFound } from "@/lib/errors";
import { presentUser, USER_FIELDS, userEtag } from "@/lib/users/present-user";

export async function getUser(actor: Actor, userId: string) {
  requirePermission(actor, "user.read", null);
  const row = await db().user.findUnique({ where: { id: userId }, select: USER_FIELDS });
  if (!row) throw notFound("user");
  return { user: presentUser(row), etag: userEtag(row) };
}
