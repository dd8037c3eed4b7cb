import type { Actor } from "@/lib/auth/actor";
import { allows, PERMISSIONS, type Permission } from "@/lib/auth/permissions";
import { db } from "@/lib/db/client";
import type { MeDto } from "@/lib/users/me-schema";

const names = Object.keys(PERMISSIONS) as Permission[];

/** Who the caller is and what they may do. Projects: at most 200, by name. */
export async function getMe(actor: Actor): Promise<MeDto> {
  const visible = actor.onlyProjectId ? { id: actor.onlyProjectId } : actor.instanceRole ? {} : { id: { in: [...actor.memberships.keys()] } };
  const [user, projects] = await Promise.all([
    actor.userId === null ? null : db().user.findUnique({ where: { id: actor.userId }, select: { id: true, name: true, email: true, accounts: { where: { providerId: "credential" }, select: { id: true } } } }),
    db().project.findMany({ where: visible, orderBy: { slug: "asc" }, take: 200, select: { id: true, slug: true, name: true } }),
  ]);
  return {
    kind: actor.kind === "token" ? "token" : "user", name: actor.label,
    user: user && { id: user.id, name: user.name, email: user.email, hasPassword: user.accounts.length > 0 },
    instanceRole: actor.instanceRole, scopes: actor.scopes && [...actor.scopes],
    permissions: names.filter((p) => allows(actor, p, null)),
    projects: projects.map((p) => ({
      project: p.slug, displayName: p.name, role: actor.instanceRole ?? actor.memberships.get(p.id) ?? "viewer", permissions: names.filter((name) => allows(actor, name, p.id)),
    })),
  };
}
