import type { Actor } from "@/lib/auth/actor";
import type { ProjectDto } from "@/lib/projects/schema";

type Row = { id: string; slug: string; name: string; quotaBytes: bigint; usedBytes: bigint; createdAt: Date };

export function presentProject(actor: Actor, p: Row): ProjectDto {
  return {
    slug: p.slug, name: p.slug, displayName: p.name, quotaBytes: Number(p.quotaBytes), usedBytes: Number(p.usedBytes), createdAt: p.createdAt.toISOString(),
    role: actor.instanceRole ?? actor.memberships.get(p.id) ?? "viewer",
  };
}
