import type { Pool } from "pg";
import { countLeaseLoss, observePass } from "@/lib/health/loop-metrics";
import type { Logger } from "@/lib/logger";
import { claimDue, claimThese, LEASE_MS, releaseLease, renewLease, type Lease } from "@/lib/reconciler/lease";
import { type Pass, reconcile, type ReconcileDeps } from "@/lib/reconciler/reconcile";
import { makeDue } from "@/lib/reconciler/resync";
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
/** Between a pass and the next for a change that its target told meanwhile: changes come in bursts, the first is looked at at once and the rest together. */
const SETTLE_MS = 100;

/**
 * One that is worked on. `changed`: its target told of a change since the pass began, which may have read the state before it. `waiting`: between
 * two passes, for time to go by, which a change cuts short.
 */
type Active = { wake: Wake; changed: boolean; waiting: boolean };

/**
 * Claims what is due and works on it, several at once, until stopped. `wake()` only saves the wait for the next look at the
 * list; one deployment's failure never ends the loop.
 */
export class ReconcileLoop {
  private readonly wakeUp = new Wake();
  private readonly active = new Map<string, Active>();
  private readonly working = new Set<Promise<void>>();
  private running: Promise<void> | null = null;
  private stopping = false;

  constructor(private readonly options: LoopOptions) {}

  start(): void {
    this.running ??= this.run();
  }

  /** Something changed: this deployment, or (without an id) anything. */
  wake(id?: string): void {
    if (id !== undefined) this.active.get(id)?.wake.wake();
    this.wakeUp.wake();
  }

  /**
   * A target told that these changed. What a pass is under way for is looked at once more after it, what waits for its next pass at once; the rest is
   * taken where nobody holds it and there is room, and is due where not.
   */
  async changed(ids: readonly string[]): Promise<void> {
    const taking = this.takeChanged(ids).finally(() => this.working.delete(taking));
    this.working.add(taking);
    await taking;
  }

  private async takeChanged(ids: readonly string[]): Promise<void> {
    const { pool, owner, concurrency = 32 } = this.options;
    const idle = ids.filter((id) => !this.isActive(id));
    const room = Math.max(0, concurrency - this.working.size);
    const claimed = this.running === null || this.stopping || room === 0 || idle.length === 0 ? [] : await claimThese(pool, owner, idle.slice(0, room));
    this.take(claimed);
    const taken = new Set(claimed.map((l) => l.id));
    if ((await makeDue(pool, idle.filter((id) => !taken.has(id)))) > 0) this.wakeUp.wake();
  }

  private isActive(id: string): boolean {
    const active = this.active.get(id);
    if (!active) return false;
    active.changed = true;
    if (active.waiting) active.wake.wake();
    return true;
  }

  /** Finishes the passes under way, gives the leases back and resolves. */
  async stop(): Promise<void> {
    this.stopping = true;
    for (const { wake } of this.active.values()) wake.wake();
    this.wakeUp.wake();
    await this.running;
    while (this.working.size > 0) await Promise.allSettled(this.working);
  }

  private async run(): Promise<void> {
    const { pool, owner, log, concurrency = 32, pollMs = 1000 } = this.options;
    while (!this.stopping) {
      const room = concurrency - this.working.size;
      let claimed: Lease[] = [];
      try {
        if (room > 0) claimed = await claimDue(pool, owner, room);
      } catch (error) {
        log.warn({ err: error }, "the list of due deployments could not be read; trying again");
      }
      this.take(claimed);
      if (room > 0 && claimed.length === room) continue;
      await this.wakeUp.wait(pollMs);
    }
  }

  private take(leases: readonly Lease[]): void {
    for (const lease of leases) {
      const work = this.work(lease).finally(() => {
        this.working.delete(work);
        this.wakeUp.wake();
      });
      this.working.add(work);
    }
  }

  private async work(lease: Lease): Promise<void> {
    const { pool, log } = this.options;
    const active: Active = { wake: new Wake(), changed: false, waiting: false };
    this.active.set(lease.id, active);
    // Once it is given back it may be taken again at once, and is then another's.
    const leave = () => { if (this.active.get(lease.id) === active) this.active.delete(lease.id); };
    try {
      const end = await this.passes(lease, active);
      if (!end) return;
      await releaseLease(pool, lease, end.generation, end.afterMs);
      leave();
      // Told after the last pass had looked: giving back has just said when it is due next.
      if (active.changed && !end.failed) await makeDue(pool, [lease.id]);
    } catch (error) {
      log.warn({ err: error, deployment: lease.id }, "a lease was not given back; it expires by itself");
    } finally {
      leave();
    }
  }

  /** Passes until there is nothing to wait for; null: the lease is another's, or the deployment is gone. */
  private async passes(lease: Lease, active: Active): Promise<{ generation: number | null; afterMs: number | null; failed: boolean } | null> {
    const { pool, log } = this.options;
    let generation: number | null = null;
    let renewedAt = Date.now();
    try {
      for (;;) {
        active.changed = false;
        const pass = await this.pass(lease);
        if (pass.write === "fenced") countLeaseLoss();
        generation = pass.generation;
        if (generation === null) return null;
        const afterMs = active.changed ? Math.min(pass.requeueAfterMs ?? SETTLE_MS, SETTLE_MS) : pass.requeueAfterMs;
        if (this.stopping || afterMs === null || afterMs > HOLD_UP_TO_MS) return { generation, afterMs: pass.requeueAfterMs, failed: false };
        active.waiting = !active.changed;
        await active.wake.wait(afterMs);
        active.waiting = false;
        if (pass.write === "fenced" || Date.now() - renewedAt > LEASE_MS / 3) {
          if (!(await renewLease(pool, lease))) {
            // A fenced pass has told of this loss already.
            if (pass.write !== "fenced") countLeaseLoss();
            return null;
          }
          renewedAt = Date.now();
        }
      }
    } catch (error) {
      log.error({ err: error, deployment: lease.id }, "a reconcile pass failed; it is repeated");
      return { generation, afterMs: AFTER_AN_ERROR_MS, failed: true };
    }
  }

  private async pass(lease: Lease): Promise<Pass> {
    const began = performance.now();
    const seconds = () => (performance.now() - began) / 1000;
    try {
      const pass = await traced({ name: "reconcile", kind: "internal", attributes: { "slipway.deployment": lease.id } }, async (tell) => {
        const done = await reconcile(lease, this.options.deps);
        tell.set({ "slipway.write": done.write, "slipway.applied": done.applied });
        return done;
      });
      observePass("ok", seconds());
      return pass;
    } catch (error) {
      observePass("failed", seconds());
      throw error;
    }
  }
}
