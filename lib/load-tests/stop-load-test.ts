import { writeAudit } from "@/lib/audit/write-audit";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db/client";
import { AppError, notFound } from "@/lib/errors";
import { announceLoadTest } from "@/lib/load-tests/announce";
import { getLoadTest } from "@/lib/load-tests/read-load-tests";
import type { LoadTestDto } from "@/lib/load-tests/schema";

/** Stops a load test; what its ended steps measured stays. The worker notices within a second. Stopping twice is success; one that ended by itself can no longer be stopped (conflict). */
export async function stopLoadTest(actor: Actor, projectId: string, slug: string, id: string): Promise<LoadTestDto> {
  await db().$transaction(async (tx) => {
    const row = await tx.loadTest.findFirst({ where: { id, projectId, deployment: { slug } }, select: { state: true } });
    if (!row) throw notFound("load test");
    if (row.state === "stopped") return;
    const stopped = await tx.loadTest.updateMany({ where: { id, projectId, state: { in: ["queued", "running"] } }, data: { state: "stopped", finishedAt: new Date(), leaseOwner: null, leaseUntil: null } });
    if (stopped.count === 0) throw new AppError("conflict", "The load test has already ended.");
    await announceLoadTest(tx, id, projectId);
    await writeAudit(tx, actor, { action: "load-test.stop", subject: { kind: "deployment", id: slug }, projectId, detail: { loadTest: id } });
  });
  return getLoadTest(projectId, slug, id);
}
