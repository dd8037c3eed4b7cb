import type { Pool } from "pg";
import { countLeaseLoss, observePass } from "@/lib/health/loop-metrics";
import type { Logger } from "@/lib/logger";
import { claimDue, LEASE_MS, releaseLease, renewLease, type Lease } from "@/lib/reconciler/lease";
import { reconcile, type ReconcileDeps } from "@/lib/reconciler/reconcile";
import { Wake } from "@/lib/reconciler/wake";
import { traced } from "@/lib/tracing/traced";

export type LoopOptions = {
  pool: Pool;
  owner: string;
  deps: ReconcileDeps;
  log: Pick<Logger, "info" | "warn" | "error">;
  /** Deployments worked on at once. */
  concurrency?: number;
  /** How often the list of what is due is read when nothing wakes us. */
  pollMs?: number;
};

/** Longer waits give the lease back; shorter ones keep it, which saves two writes a pass. */
const HOLD_UP_TO_MS = 1000;
const AFTER_AN_ERROR_MS = 2000;

/**
 * Claims what is due and works on it, several at once, until stopped. `wake()` only saves the wait for the next look at the
 * list; one deployment's failure never ends the loop.
 */
export class ReconcileLoop {
  private readonly wakeUp = new Wake();
  private readonly active = new Map<string, Wake>();
  private running: Promise<void> | null = null;
  private stopping = false;

  constructor(private readonly options: LoopOptions) {}

  start(): void {
    this.running ??= this.run();
  }

  /** Something changed: this deployment, or (without an id) anything. */
  wake(id?: string): void {
    if (id !== undefined) this.active.get(id)?.wake();
    this.wakeUp.wake();
  }

  /** Finishes the passes under way, gives the leases back and resolves. */
  async stop(): Promise<void> {
    this.stopping = true;
    for (const wake of this.active.values()) wake.wake();
    this.wakeUp.wake();
    await this.running;
  }

  private async run(): Promise<void> {
    const { pool, owner, log, concurrency = 32, pollMs = 1000 } = this.options;
    const working = new Set<Promise<void>>();
    while (!this.stopping) {
      const room = concurrency - working.size;
      let claimed: Lease[] = [];
      try {
        if (room > 0) claimed = await claimDue(pool, owner, room);
      } catch (error) {
        log.warn({ err: error }, "the list of due deployments could not be read; trying again");
      }
      for (const lease of claimed) {
        const work = this.work(lease).finally(() => {
          working.delete(work);
          this.wakeUp.wake();
        });
        working.add(work);
      }
      if (room > 0 && claimed.length === room) continue;
      await this.wakeUp.wait(pollMs);
    }
    await Promise.all(working);
  }

  private async work(lease: Lease): Promise<void> {
    const { pool, deps, log } = this.options;
    const wake = new Wake();
    this.active.set(lease.id, wake);
    let generation: number | null = null;
    let afterMs: number | null = AFTER_AN_ERROR_MS;
    let renewedAt = Date.now();
    try {
      for (;;) {
        const began = performance.now();
        const pass = await traced({ name: "reconcile", kind: "internal", attributes: { "slipway.deployment": lease.id } }, async (tell) => {
          const done = await reconcile(lease, deps);
          tell.set({ "slipway.write": done.write, "slipway.applied": done.applied });
          return done;
        }).catch((error: unknown) => {
          observePass("failed", (performance.now() - began) / 1000);
          throw error;
        });
        observePass("ok", (performance.now() - began) / 1000);
        if (pass.write === "fenced") countLeaseLoss();
        generation = pass.generation;
        afterMs = pass.requeueAfterMs;
        if (generation === null) return;
        if (this.stopping || afterMs === null || afterMs > HOLD_UP_TO_MS) break;
        await wake.wait(afterMs);
        if (pass.write === "fenced" || Date.now() - renewedAt > LEASE_MS / 3) {
          // A fenced pass has told of this loss already.
          if (!(await renewLease(pool, lease))) return pass.write === "fenced" ? undefined : countLeaseLoss();
          renewedAt = Date.now();
        }
      }
    } catch (error) {
      afterMs = AFTER_AN_ERROR_MS;
      log.error({ err: error, deployment: lease.id }, "a reconcile pass failed; it is repeated");
    } finally {
      this.active.delete(lease.id);
    }
    await releaseLease(pool, lease, generation, afterMs).catch((error: unknown) => log.warn({ err: error, deployment: lease.id }, "a lease was not given back; it expires by itself"));
  }
}
