import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { onUniqueViolation } from "@/lib/db/unique-violation";
import { AppError } from "@/lib/errors";
import { announceLoadTest } from "@/lib/load-tests/announce";
import { LOAD_TEST_LIMITS } from "@/lib/load-tests/limits";
import { getLoadTest } from "@/lib/load-tests/read-load-tests";
import type { CreateLoadTest, LoadTestDto } from "@/lib/load-tests/schema";
import { subjectOf } from "@/lib/load-tests/subject-of";

/** Puts a load test in the queue; a worker runs it (run-load-tests.ts). One at a time a deployment. */
export async function createLoadTest(actor: Actor, projectId: string, slug: string, input: CreateLoadTest): Promise<LoadTestDto> {
  const tested = await subjectOf(projectId, slug, input);
  if (tested.subject.replicas.ready === 0) throw new AppError("conflict", `Revision ${tested.revision} has no replica that serves. Wait until it is ready, or wake it with a request.`);
  const id = await db().$transaction(async (tx) => {
    // The project's lock makes the count true when several are asked for at once.
    await tx.$queryRaw`SELECT id FROM "Project" WHERE id = ${projectId}::uuid FOR UPDATE`;
    const open = await tx.loadTest.count({ where: { projectId, state: { in: ["queued", "running"] } } });
    if (open >= LOAD_TEST_LIMITS.openInProject) throw new AppError("rate_limited", `${open} load tests of this project wait or run, and ${LOAD_TEST_LIMITS.openInProject} may. Wait for one to end, or stop one.`, { retryAfterSeconds: 60 });
    const row = await tx.loadTest.create({
      data: { projectId, deploymentId: tested.deploymentId, revision: tested.revision, plan: input.plan, request: tested.request as object, subject: tested.subject, createdById: actor.id, createdBy: actor.label },
    });
    await tx.$executeRaw`SELECT pg_notify('slipway_load_tests', ${row.id})`;
    await announceLoadTest(tx, row.id, projectId);
    await writeAudit(tx, actor, { action: "load-test.create", subject: { kind: "deployment", id: slug }, projectId, detail: { loadTest: row.id, revision: tested.revision, plan: input.plan, requestBytes: tested.subject.requestBytes } });
    return row.id;
  }).catch(onUniqueViolation(() => new AppError("conflict", "A load test of this deployment waits or runs already. Stop it, or wait until it has ended.")));
  return getLoadTest(projectId, slug, id);
}
