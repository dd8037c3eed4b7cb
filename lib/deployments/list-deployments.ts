import { z } from "zod";
import { decodeCursor, page } from "@/lib/api/cursor";
import { pageQuery, slugSchema } from "@/lib/api/schema";
import { pool } from "@/lib/db/pool";
import { endpointUrl } from "@/lib/deployments/endpoint-url";
import { PHASES, type DeploymentRowDto, type Phase } from "@/lib/deployments/schema";
import { EMPTY_STATUS } from "@/lib/deployments/stored-status";

export const listDeploymentsQuery = pageQuery.extend({
  search: z.string().trim().min(1).max(80).optional().meta({ description: "Part of the name" }),
  phase: z.enum(PHASES).optional(),
  model: slugSchema.optional(),
  environment: slugSchema.optional(),
  sort: z.enum(["createdAt", "name", "phase"]).default("createdAt").meta({ description: "createdAt: newest first; name and phase: ascending" }),
});

type ListRow = {
  id: string; slug: string; phase: Phase; desiredState: "running" | "stopped" | "deleted"; public: boolean; min: number; max: number; targetConcurrency: number; idleSecondsBeforeZero: number; createdAt: Date; createdBy: string; updatedAt: Date;
  message: string | null; replicas: DeploymentRowDto["replicas"] | null; project: string; model: string; environment: string; target: string; targetKind: string; ingress: unknown; version: number; profile: string;
};

const ORDER = { createdAt: `d."createdAt" DESC, d.id DESC`, name: "d.slug", phase: "d.phase, d.id" } as const;

/**
 * Deployments of a project, a page at a time: one statement, along an index, whatever their number. Plain SQL, since through the
 * ORM a page cost six statements and a condition a row. Of the status only what a list shows is read.
 */
export async function listDeployments(projectId: string, query: z.output<typeof listDeploymentsQuery>) {
  const { rows } = await pool().query<ListRow>(listStatement(projectId, query));
  const cursorOf = (r: ListRow) => query.sort === "createdAt" ? [r.createdAt.toISOString(), r.id] : query.sort === "name" ? [r.slug] : [r.phase, r.id];
  return page(rows, query.limit, cursorOf, presentListRow);
}

/** The statement of a page. Prepared once a connection for each set of filters: to plan its joins takes longer than to run them. */
export function listStatement(projectId: string, query: z.output<typeof listDeploymentsQuery>): { name: string; text: string; values: unknown[] } {
  const values: unknown[] = [projectId];
  const value = (v: unknown) => `$${values.push(v)}`;
  const where = [
    `d."projectId" = $1::uuid`,
    ...(query.phase ? [`d.phase = ${value(query.phase)}`] : []),
    ...(query.model ? [`d."modelId" = (SELECT id FROM "Model" WHERE "projectId" = $1::uuid AND slug = ${value(query.model)})`] : []),
    ...(query.environment ? [`d."environmentId" = (SELECT id FROM "Environment" WHERE "projectId" = $1::uuid AND slug = ${value(query.environment)})`] : []),
    ...(query.search ? [`position(${value(query.search.toLowerCase())} in d.slug) > 0`] : []),
    ...after(query.sort, query.cursor, value),
  ];
  const text =
    `SELECT d.id, d.slug, d.phase, d."desiredState", d.public, d."minReplicas" AS min, d."maxReplicas" AS max, d."targetConcurrency", d."idleSecondsBeforeZero", d."createdBy",
       d."createdAt" AT TIME ZONE 'UTC' AS "createdAt", d."updatedAt" AT TIME ZONE 'UTC' AS "updatedAt", d.status->>'message' AS message, d.status->'replicas' AS replicas,
       p.slug AS project, m.slug AS model, e.slug AS environment, t.slug AS target, t.kind AS "targetKind", COALESCE(t.settings->'ingress', t.detected->'ingress') AS ingress, v.number AS version, f.slug AS profile
     FROM (SELECT * FROM "Deployment" d WHERE ${where.join(" AND ")} ORDER BY ${ORDER[query.sort]} LIMIT ${value(query.limit + 1)}) d
     JOIN "Project" p ON p.id = d."projectId" JOIN "Model" m ON m.id = d."modelId" JOIN "Environment" e ON e.id = d."environmentId" JOIN "Target" t ON t.id = d."targetId"
     JOIN "Revision" r ON r."deploymentId" = d.id AND r.number = d."desiredRevision" JOIN "ModelVersion" v ON v.id = r."versionId" JOIN "Profile" f ON f.id = r."profileId"
     ORDER BY ${ORDER[query.sort]}`;
  const filters = (["phase", "model", "environment", "search", "cursor"] as const).filter((f) => query[f]);
  return { name: ["deployments", query.sort, ...filters].join(":"), text, values };
}

function presentListRow(r: ListRow): DeploymentRowDto {
  return {
    id: r.id, slug: r.slug, name: r.slug, project: r.project, model: r.model, version: r.version, target: r.target, targetKind: r.targetKind, profile: r.profile, environment: r.environment,
    scaling: { min: r.min, max: r.max, targetConcurrency: r.targetConcurrency, idleSecondsBeforeZero: r.idleSecondsBeforeZero }, public: r.public, desiredState: r.desiredState, phase: r.phase,
    createdAt: r.createdAt.toISOString(), createdBy: r.createdBy, updatedAt: r.updatedAt.toISOString(),
    message: r.message ?? EMPTY_STATUS.message, replicas: r.replicas ?? EMPTY_STATUS.replicas, url: endpointUrl({ project: r.project, deployment: r.slug, public: r.public, targetKind: r.targetKind, ingress: r.ingress }),
  };
}

/** What lies behind a cursor, as a comparison of rows that the index on (projectId, createdAt) or (projectId, phase) begins at. */
function after(sort: "createdAt" | "name" | "phase", cursor: string | undefined, value: (v: unknown) => string): string[] {
  const values = decodeCursor(cursor, sort === "name" ? ["text"] : sort === "createdAt" ? ["time", "uuid"] : ["text", "uuid"])?.map(String);
  if (!values) return [];
  const [first, id] = values as [string, string];
  if (sort === "name") return [`d.slug > ${value(first)}`];
  if (sort === "createdAt") return [`(d."createdAt", d.id) < (${value(first)}::timestamptz AT TIME ZONE 'UTC', ${value(id)}::uuid)`];
  return [`(d.phase, d.id) > (${value(first)}, ${value(id)}::uuid)`];
}
