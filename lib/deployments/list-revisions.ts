import { decodeCursor, page } from "@/lib/api/cursor";
import { db } from "@/lib/db/client";
import type { RevisionConfig } from "@/lib/deployments/check-revision";
import type { RevisionDto } from "@/lib/deployments/schema";
import { notFound } from "@/lib/errors";
import type { Profile } from "@/lib/profiles/schema";

export const REVISION_SELECT = {
  number: true, runtime: true, config: true, profile: true, reason: true, createdAt: true, createdBy: true,
  version: { select: { number: true, digest: true, format: true, model: { select: { slug: true } } } }, profileRef: { select: { slug: true } },
} as const;

type Row = {
  number: number; runtime: string; config: unknown; profile: unknown; reason: string; createdAt: Date; createdBy: string;
  version: { number: number; digest: string; format: string; model: { slug: string } }; profileRef: { slug: string };
};

export function presentRevision(r: Row, d: { stableRevision: number | null; desiredRevision: number }): RevisionDto {
  const config = r.config as RevisionConfig;
  const profile = r.profile as Profile;
  return {
    revision: r.number, model: r.version.model.slug, version: r.version.number, digest: r.version.digest, format: r.version.format,
    profile: r.profileRef.slug, profileName: profile.name, pricePerHour: profile.price?.value ?? null, runtime: r.runtime,
    env: config.env, secrets: config.secrets, queueLimit: config.queueLimit, reason: r.reason, createdAt: r.createdAt.toISOString(), createdBy: r.createdBy,
    role: r.number === d.stableRevision ? "serving" : r.number === d.desiredRevision ? "desired" : "past",
  };
}

/** Revisions of a deployment, newest first. */
export async function listRevisions(projectId: string, slug: string, query: { limit: number; cursor?: string }) {
  const before = decodeCursor(query.cursor, ["whole"]);
  const deployment = await db().deployment.findUnique({ where: { projectId_slug: { projectId, slug } }, select: { id: true, stableRevision: true, desiredRevision: true } });
  if (!deployment) throw notFound("deployment");
  const rows = await db().revision.findMany({
    where: { deploymentId: deployment.id, ...(before ? { number: { lt: Number(before[0]) } } : {}) },
    select: REVISION_SELECT, orderBy: { number: "desc" }, take: query.limit + 1,
  });
  return page(rows, query.limit, (r) => [r.number], (r) => presentRevision(r, deployment));
}
