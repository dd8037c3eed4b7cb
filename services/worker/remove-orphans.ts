import { db } from "@/lib/db/client";
import type { Logger } from "@/lib/logger";
import { closeOrphanIntervals, sweepOrphans } from "@/lib/reconciler/orphan-sweep";
import { TARGET_ROW, targetOf } from "@/lib/targets/registry";

/** The orphan sweep over every target; one that cannot be asked does not keep the others from it. */
export async function removeOrphans(log: Pick<Logger, "info" | "warn">): Promise<void> {
  for (const row of await db().target.findMany({ select: { id: true, ...TARGET_ROW } })) {
    try {
      const removed = await sweepOrphans(row.id, targetOf(row));
      if (removed > 0) log.info({ target: row.slug, removed }, "removed what ran without a deployment");
    } catch (error) {
      log.warn({ err: error, target: row.slug }, "the orphan sweep could not ask a target");
    }
  }
  await closeOrphanIntervals();
}
