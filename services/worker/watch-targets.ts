import { db } from "@/lib/db/client";
import type { Pool } from "pg";
import type { Logger } from "@/lib/logger";
import { Wake } from "@/lib/reconciler/wake";
import { TargetWatch } from "@/lib/reconciler/watch-target";
import { targetOf } from "@/lib/targets/registry";
import type { Target } from "@/lib/targets/target";

const POLL_MS = 400;
const REREAD_TARGETS_MS = 15_000;

/** Watches every target there is, each at its own pace: a slow one does not keep the others waiting. */
export function watchTargets(pool: Pool, log: Logger, onDue: () => void): { stop(): Promise<void> } {
  const watching = new Map<string, Promise<void>>();
  const wakes = new Set<Wake>();
  let stopping = false;

  async function watch(target: Target, look: () => Promise<void>): Promise<void> {
    const wake = new Wake();
    wakes.add(wake);
    const quiet = target.onChange?.(() => wake.wake());
    while (!stopping) {
      await look();
      await wake.wait(POLL_MS);
    }
    quiet?.();
    wakes.delete(wake);
  }

  const main = new Wake();
  wakes.add(main);
  const running = (async () => {
    while (!stopping) {
      const rows = await db().target.findMany({ select: { id: true, slug: true, kind: true, config: true } }).catch(() => null);
      for (const row of rows ?? []) {
        if (watching.has(row.id)) continue;
        const target = targetOf(row);
        const eye = new TargetWatch({ pool, targetId: row.id, target, log, onDue });
        watching.set(row.id, watch(target, () => eye.look()));
      }
      // Before the first target is seeded, or while the database is away, look again soon.
      await main.wait(rows && rows.length > 0 ? REREAD_TARGETS_MS : 500);
    }
    await Promise.all(watching.values());
  })();
  return {
    async stop() {
      stopping = true;
      for (const wake of wakes) wake.wake();
      await running;
    },
  };
}
