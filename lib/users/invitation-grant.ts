import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { instanceRoleSchema, projectRoleSchema } from "@/lib/users/schema";

const grantSchema = z.union([z.object({ projectId: z.string(), role: projectRoleSchema }), z.object({ instanceRole: instanceRoleSchema })]);

type Link = { id: string; email: string | null; grant: unknown; createdAt: Date; expiresAt: Date };

export const grantOf = (link: { grant: unknown }) => grantSchema.parse(link.grant);

/** Invitations as the API tells them; the project by its slug, null once it is deleted. */
export async function presentInvitations(tx: Tx, links: Link[]) {
  const ids = links.flatMap((l) => { const g = grantOf(l); return "projectId" in g ? [g.projectId] : []; });
  const slugs = new Map((await tx.project.findMany({ where: { id: { in: ids } }, select: { id: true, slug: true } })).map((p) => [p.id, p.slug]));
  return links.map((l) => {
    const grant = grantOf(l);
    return {
      id: l.id, email: l.email ?? "", instanceRole: "instanceRole" in grant ? grant.instanceRole : null,
      project: "projectId" in grant ? (slugs.get(grant.projectId) ?? null) : null, role: "projectId" in grant ? grant.role : null,
      createdAt: l.createdAt.toISOString(), expiresAt: l.expiresAt.toISOString(),
    };
  });
}
