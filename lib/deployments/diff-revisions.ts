import { db } from "@/lib/db/client";
import { presentRevision, REVISION_SELECT } from "@/lib/deployments/list-revisions";
import { imageOfSource, type RevisionConfig } from "@/lib/deployments/check-revision";
import { revisionImpact } from "@/lib/deployments/revision-impact";
import type { RevisionDto } from "@/lib/deployments/schema";
import { notFound } from "@/lib/errors";

export type RevisionChange = { field: string; from: unknown; to: unknown };

const FIELDS = ["version", "digest", "format", "profile", "pricePerHour", "runtime", "queueLimit"] as const;

/** Pure: what differs between two revisions, field by field; variables and secrets by name. */
export function revisionChanges(from: RevisionDto, to: RevisionDto): RevisionChange[] {
  const plain = FIELDS.flatMap((field) => (from[field] === to[field] ? [] : [{ field, from: from[field], to: to[field] }]));
  const maps = (["env", "secrets"] as const).flatMap((map) =>
    [...new Set([...Object.keys(from[map]), ...Object.keys(to[map])])].sort().flatMap((name) =>
      from[map][name] === to[map][name] ? [] : [{ field: `${map}.${name}`, from: from[map][name] ?? null, to: to[map][name] ?? null }]));
  return [...plain, ...maps];
}

/** From `against` (the one before, unless said) to revision `number`. */
export async function diffRevisions(projectId: string, slug: string, number: number, against?: number) {
  const deployment = await db().deployment.findUnique({ where: { projectId_slug: { projectId, slug } }, select: { id: true, stableRevision: true, desiredRevision: true, minReplicas: true, maxReplicas: true } });
  if (!deployment) throw notFound("deployment");
  const other = against ?? Math.max(1, number - 1);
  const rows = await db().revision.findMany({ where: { deploymentId: deployment.id, number: { in: [number, other] } }, select: { ...REVISION_SELECT, version: { select: { ...REVISION_SELECT.version.select, source: true } } } });
  const find = (n: number) => {
    const row = rows.find((r) => r.number === n);
    if (!row) throw notFound("revision");
    return { revision: presentRevision(row, deployment), image: (row.config as unknown as RevisionConfig).image ?? imageOfSource(row.version.source), replicas: { min: deployment.minReplicas, max: deployment.maxReplicas } };
  };
  const [from, to] = [find(other), find(number)];
  return { from: from.revision, to: to.revision, changes: revisionChanges(from.revision, to.revision), impact: revisionImpact(from, to) };
}
