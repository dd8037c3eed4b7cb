import { db } from "@/lib/db/client";
import type { Logger } from "@/lib/logger";
import { closeOrphanIntervals, sweepOrphans } from "@/lib/reconciler/orphan-sweep";
import { TARGET_ROW, targetOf } from "@/lib/targets/registry";
import { whySilent } from "@/lib/targets/why-silent";

/** What kept a target from being swept, by target, as it was told last: it is told again when it is another. */
const told = new Map<string, string>();

/** The orphan sweep over every target; one that cannot be asked does not keep the others from it. */
export async function removeOrphans(log: Pick<Logger, "info" | "warn">): Promise<void> {
  for (const row of await db().target.findMany({ select: { id: true, ...TARGET_ROW } })) {
    try {
      const removed = await sweepOrphans(row.id, targetOf(row));
      told.delete(row.id);
      if (removed > 0) log.info({ target: row.slug, removed }, "removed what ran without a deployment");
    } catch (error) {
      const reason = whySilent(error);
      if (told.get(row.id) !== reason) log.warn({ target: row.slug, reason }, "the orphan sweep could not ask a target");
      told.set(row.id, reason);
    }
  }
  await closeOrphanIntervals();
}
