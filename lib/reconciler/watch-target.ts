import type { Pool } from "pg";
import { countCorrections } from "@/lib/health/loop-metrics";
import type { Logger } from "@/lib/logger";
import { makeDue, resync } from "@/lib/reconciler/resync";
import type { Target } from "@/lib/targets/target";

export type WatchOptions = {
  pool: Pool;
  targetId: string;
  target: Target;
  log: Pick<Logger, "info" | "warn">;
  /** Called when something was made due. */
  onDue(): void;
  pollMs?: number;
  resyncMs?: number;
  now?: () => number;
};

/** A target that was silent for this long is written down as unreachable. */
const SILENT_MS = 5000;

/**
 * Keeps an eye on what is steady: asks the target what changed every moment, and holds everything against it now and then, which
 * finds what the short question missed. `look` is one such moment; it never throws.
 */
export class TargetWatch {
  private cursor: string | null = null;
  private resyncedAt = 0;
  private silentSince: number | null = null;
  private told = false;

  constructor(private readonly options: WatchOptions) {}

  async look(): Promise<void> {
    const { pool, targetId, target, onDue, log, resyncMs = 12_000, now = Date.now } = this.options;
    try {
      const { cursor, ids } = await target.changes(this.cursor);
      if (this.told) log.info({ target: targetId }, "the target answers again");
      const everything = ids === null || this.silentSince !== null || now() - this.resyncedAt >= resyncMs;
      this.silentSince = null;
      this.told = false;
      if (everything) {
        const { drifted } = await resync(pool, targetId, target);
        // The first look of all, and the one after a silence, find what nobody could have told.
        if (ids !== null && this.cursor !== null && drifted > ids.length) countCorrections(drifted - ids.length);
        this.resyncedAt = now();
        if (drifted > 0) onDue();
      } else if ((await makeDue(pool, ids)) > 0) onDue();
      this.cursor = cursor;
    } catch (error) {
      this.cursor = null;
      this.silentSince ??= now();
      if (this.told || now() - this.silentSince < SILENT_MS) return;
      this.told = true;
      log.warn({ err: error, target: targetId }, "the target does not answer");
      await this.tellAll().catch(() => undefined);
    }
  }

  /** Every deployment of it gets a pass, which writes down that the target cannot be asked. */
  private async tellAll(): Promise<void> {
    const { pool, targetId, onDue } = this.options;
    await pool.query(`UPDATE "Deployment" SET "nextReconcileAt" = now() WHERE "targetId" = $1::uuid AND "nextReconcileAt" > now()`, [targetId]);
    onDue();
  }
}
