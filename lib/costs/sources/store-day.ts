import type { ApiAllocation } from "@/lib/costs/allocation-api-source";
import type { AllocationAnswer } from "@/lib/costs/cost-source";
import { toDecimal } from "@/lib/costs/money";
import { db } from "@/lib/db/client";

const money = (usd: number | null) => (usd === null ? null : toDecimal(usd));

/** Puts what a source says of one UTC day in place of what it said before. An empty answer takes nothing away: a server forgets, a bill does not. Idempotent. */
export async function storeDay(targetId: string, targetSlug: string, day: Date, answer: AllocationAnswer<ApiAllocation>, now: Date): Promise<void> {
  const rows = answer.allocations.map((a) => {
    const use = a.days[0]?.use;
    return {
      targetId, targetSlug, day, subject: a.deploymentId ?? a.kind, deploymentId: a.deploymentId, projectId: a.projectId, source: answer.source,
      totalUsd: money(a.total), cpuUsd: money(a.parts.cpu), memoryUsd: money(a.parts.memory), gpuUsd: money(a.parts.gpu), networkUsd: money(a.parts.network), storageUsd: money(a.parts.storage),
      loadBalancerUsd: money(a.parts.loadBalancer), idleUsd: money(a.parts.idle), sharedUsd: money(a.parts.shared),
      cpuCoreHours: use?.cpuCoreHours ?? null, cpuCoreHoursUsed: use?.cpuCoreHoursUsed ?? null, gpuHours: use?.gpuHours ?? null, gpuHoursUsed: use?.gpuHoursUsed ?? null,
      coveredTo: answer.covered.to, estimate: answer.estimate, fetchedAt: now,
    };
  });
  if (rows.length === 0) return;
  await db().$transaction([db().costAllocation.deleteMany({ where: { targetId, day } }), db().costAllocation.createMany({ data: rows })]);
}
