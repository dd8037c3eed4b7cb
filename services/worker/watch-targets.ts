import { db } from "@/lib/db/client";
import type { Pool } from "pg";
import type { Logger } from "@/lib/logger";
import { Wake } from "@/lib/reconciler/wake";
import { TargetWatch, type WatchOptions } from "@/lib/reconciler/watch-target";
import { forgetTarget, TARGET_ROW, targetOf } from "@/lib/targets/registry";
import type { Target } from "@/lib/targets/target";
import { whySilent } from "@/lib/targets/why-silent";

const POLL_MS = 400;
const SILENT_POLL_MS = 2_000;
const REREAD_TARGETS_MS = 15_000;

type Watching = { slug: string; target: Target; wake: Wake; ended: boolean; running: Promise<void>; unsubscribe?: () => void };

/**
 * Watches every target there is, each at its own pace: a slow one does not keep the others waiting. A target that was connected, changed or
 * taken away is taken up without a restart: `reread` says that the list changed, a timer looks anyway.
 */
export function watchTargets(pool: Pool, log: Logger, on: Pick<WatchOptions, "onDue" | "onChanged">): { reread(): void; stop(): Promise<void> } {
  const watching = new Map<string, Watching>();
  /** Targets that could not be made, told once. */
  const unusable = new Set<string>();
  const ending = new Set<Promise<void>>();
  const main = new Wake();
  let stopping = false;

  function begin(id: string, slug: string, target: Target): void {
    const look = new TargetWatch({ pool, targetId: id, slug, target, log, ...on });
    const wake = new Wake();
    const watch: Watching = { slug, target, wake, ended: false, running: Promise.resolve(), unsubscribe: target.onChange?.(() => wake.wake()) };
    watch.running = (async () => {
      while (!stopping && !watch.ended) {
        await look.look();
        await wake.wait(look.silent ? SILENT_POLL_MS : POLL_MS);
      }
    })();
    watching.set(id, watch);
  }

  function end(id: string): void {
    const watch = watching.get(id);
    if (!watch) return;
    watching.delete(id);
    watch.ended = true;
    watch.unsubscribe?.();
    watch.wake.wake();
    const done = watch.running.finally(() => ending.delete(done));
    ending.add(done);
  }

  function take(row: { id: string; slug: string } & Parameters<typeof targetOf>[0]): void {
    try {
      const target = targetOf(row);
      unusable.delete(row.id);
      if (watching.get(row.id)?.target === target) return;
      end(row.id);
      begin(row.id, row.slug, target);
    } catch (error) {
      end(row.id);
      if (!unusable.has(row.id)) log.warn({ target: row.slug, reason: whySilent(error) }, "the target cannot be used");
      unusable.add(row.id);
    }
  }

  const running = (async () => {
    while (!stopping) {
      const rows = await db().target.findMany({ select: { id: true, ...TARGET_ROW } }).catch(() => null);
      for (const row of rows ?? []) take(row);
      for (const [id, { slug }] of rows ? [...watching] : []) {
        if (rows!.some((r) => r.id === id)) continue;
        end(id);
        if (!rows!.some((r) => r.slug === slug)) forgetTarget(slug);
      }
      // Before the first target is seeded, or while the database is away, look again soon.
      await main.wait(rows && rows.length > 0 ? REREAD_TARGETS_MS : 500);
    }
  })();
  return {
    reread: () => main.wake(),
    async stop() {
      stopping = true;
      main.wake();
      for (const id of watching.keys()) end(id);
      await running;
      await Promise.all(ending);
    },
  };
}
