import type { Pool } from "pg";
import { countCorrections } from "@/lib/health/loop-metrics";
import type { Logger } from "@/lib/logger";
import { resync } from "@/lib/reconciler/resync";
import type { Target } from "@/lib/targets/target";
import { whySilent } from "@/lib/targets/why-silent";

export type WatchOptions = {
  pool: Pool;
  targetId: string;
  /** For the log. */
  slug: string;
  target: Target;
  log: Pick<Logger, "info" | "warn">;
  /** Called when something was made due. */
  onDue(): void;
  /** Called with what the target says changed. */
  onChanged(ids: readonly string[]): Promise<void>;
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
  /** Why it does not answer, as told; null: it does, or has not been silent for long. */
  private told: string | null = null;

  constructor(private readonly options: WatchOptions) {}

  /** It is asked less often then: each question to a cluster that is away is one to every kind. */
  get silent(): boolean {
    return this.told !== null;
  }

  async look(): Promise<void> {
    const { pool, targetId, slug, target, onDue, onChanged, log, resyncMs = 12_000, now = Date.now } = this.options;
    try {
      const { cursor, ids } = await target.changes(this.cursor);
      if (this.told !== null) log.info({ target: slug }, "the target answers again");
      const everything = ids === null || this.silentSince !== null || now() - this.resyncedAt >= resyncMs;
      this.silentSince = null;
      this.told = null;
      if (everything) {
        const { drifted } = await resync(pool, targetId, target);
        // The first look of all, and the one after a silence, find what nobody could have told.
        if (ids !== null && this.cursor !== null && drifted > ids.length) countCorrections(drifted - ids.length);
        this.resyncedAt = now();
        if (drifted > 0) onDue();
      } else if (ids.length > 0) await onChanged(ids);
      this.cursor = cursor;
    } catch (error) {
      this.cursor = null;
      this.silentSince ??= now();
      if (this.told !== null || now() - this.silentSince < SILENT_MS) return;
      this.told = whySilent(error);
      log.warn({ target: slug, reason: this.told }, "the target does not answer");
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
