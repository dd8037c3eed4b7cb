import { decodeCursor, page } from "@/lib/api/cursor";
import { db } from "@/lib/db/client";
import { notFound } from "@/lib/errors";
import { presentLoadTest } from "@/lib/load-tests/present-load-test";
import type { LatencyTarget } from "@/lib/load-tests/schema";

const WITH = { deployment: { select: { slug: true } } } as const;

/** Load tests of a deployment, newest first. */
export async function listLoadTests(projectId: string, slug: string, query: { limit: number; cursor?: string; revision?: number } & LatencyTarget) {
  const after = decodeCursor(query.cursor, ["uuid"]);
  const deployment = await db().deployment.findUnique({ where: { projectId_slug: { projectId, slug } }, select: { id: true } });
  if (!deployment) throw notFound("deployment");
  // Ids are UUIDv7: their order is that of creation.
  const rows = await db().loadTest.findMany({
    where: { deploymentId: deployment.id, projectId, ...(query.revision === undefined ? {} : { revision: query.revision }), ...(after ? { id: { lt: String(after[0]) } } : {}) },
    include: WITH, orderBy: { id: "desc" }, take: query.limit + 1,
  });
  return page(rows, query.limit, (r) => [r.id], (r) => presentLoadTest(r, query));
}

export async function getLoadTest(projectId: string, slug: string, id: string, target: LatencyTarget = { percentile: "p95" }) {
  const row = await db().loadTest.findFirst({ where: { id, projectId, deployment: { slug } }, include: WITH });
  if (!row) throw notFound("load test");
  return presentLoadTest(row, target);
}
