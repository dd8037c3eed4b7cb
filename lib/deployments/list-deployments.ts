import { z } from "zod";
import { decodeCursor, page } from "@/lib/api/cursor";
import { pageQuery, slugSchema } from "@/lib/api/schema";
import { db } from "@/lib/db/client";
import type { DeploymentWhereInput } from "@/lib/db/generated/models";
import { presentRow, ROW_SELECT, type RowRevision } from "@/lib/deployments/present-deployment";
import { PHASES } from "@/lib/deployments/schema";
import { AppError } from "@/lib/errors";

export const listDeploymentsQuery = pageQuery.extend({
  search: z.string().trim().min(1).max(80).optional().meta({ description: "Part of the name" }),
  phase: z.enum(PHASES).optional(),
  model: slugSchema.optional(),
  environment: slugSchema.optional(),
  sort: z.enum(["createdAt", "name", "phase"]).default("createdAt").meta({ description: "createdAt: newest first; name and phase: ascending" }),
});

/** Deployments of a project, a page at a time: two queries whatever their number, each along an index. */
export async function listDeployments(projectId: string, query: z.output<typeof listDeploymentsQuery>) {
  const [model, environment] = await Promise.all([
    query.model === undefined ? undefined : db().model.findUnique({ where: { projectId_slug: { projectId, slug: query.model } }, select: { id: true } }),
    query.environment === undefined ? undefined : db().environment.findUnique({ where: { projectId_slug: { projectId, slug: query.environment } }, select: { id: true } }),
  ]);
  if (model === null || environment === null) return { items: [], nextCursor: null };
  const rows = await db().deployment.findMany({
    where: {
      projectId, phase: query.phase, modelId: model?.id, environmentId: environment?.id,
      ...(query.search ? { slug: { contains: query.search.toLowerCase() } } : {}),
      AND: after(query.sort, query.cursor),
    },
    select: ROW_SELECT,
    orderBy: query.sort === "createdAt" ? [{ createdAt: "desc" }, { id: "desc" }] : query.sort === "name" ? [{ slug: "asc" }] : [{ phase: "asc" }, { id: "asc" }],
    take: query.limit + 1,
  });
  const revisionOf = await desiredRevisions(rows);
  const present = rows.filter((r) => revisionOf.has(r.id));
  const cursorOf = (r: (typeof rows)[number]) => query.sort === "createdAt" ? [r.createdAt.toISOString(), r.id] : query.sort === "name" ? [r.slug] : [r.phase, r.id];
  return page(present, query.limit, cursorOf, (r) => presentRow(r, revisionOf.get(r.id)!));
}

/** The desired revision of each, in one statement by pairs: an OR of fifty of them costs the ORM more than the database. */
async function desiredRevisions(rows: { id: string; desiredRevision: number }[]): Promise<Map<string, RowRevision>> {
  if (rows.length === 0) return new Map();
  const found = await db().$queryRaw<{ deploymentId: string; version: number; profile: string }[]>`
    SELECT r."deploymentId", v.number AS version, p.slug AS profile
    FROM unnest(${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.desiredRevision)}::int[]) AS wanted(id, number)
    JOIN "Revision" r ON r."deploymentId" = wanted.id AND r.number = wanted.number
    JOIN "ModelVersion" v ON v.id = r."versionId" JOIN "Profile" p ON p.id = r."profileId"`;
  return new Map(found.map((r) => [r.deploymentId, { version: { number: r.version }, profileRef: { slug: r.profile } }]));
}

function after(sort: "createdAt" | "name" | "phase", cursor: string | undefined): DeploymentWhereInput {
  const values = decodeCursor(cursor, sort === "name" ? 1 : 2)?.map(String);
  if (!values) return {};
  const [first, id] = values as [string, string];
  if (sort === "name") return { slug: { gt: first } };
  if (!z.uuid().safeParse(id).success || (sort === "createdAt" && Number.isNaN(Date.parse(first)))) throw new AppError("invalid_request", "The cursor is not valid. Start again without one.");
  // Row comparison spelled so that the index on (projectId, createdAt) or (projectId, phase) gives the start of the page.
  if (sort === "createdAt") return { createdAt: { lte: new Date(first) }, OR: [{ createdAt: { lt: new Date(first) } }, { id: { lt: id } }] };
  return { phase: { gte: first }, OR: [{ phase: { gt: first } }, { id: { gt: id } }] };
}
