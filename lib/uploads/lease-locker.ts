import { randomUUID } from "node:crypto";
import type { Lock, Locker } from "@tus/utils";
import { AppError } from "@/lib/errors";
import type { UploadRegistry } from "@/lib/uploads/upload-registry";

const LEASE_MS = 15_000;
const POLL_MS = 50;

/**
 * tus locks as leases on the upload's row, so that they hold between processes and die with them.
 * Who finds an upload taken waits `waitMs` (a vanished client's request takes a moment to notice) and then gets 423:
 * the first client keeps what it is doing.
 */
export class LeaseLocker implements Locker {
  private readonly validUntil = new Map<string, number>();

  constructor(
    private readonly registry: UploadRegistry<unknown>,
    private readonly waitMs: number,
    /** Resolves when nothing of the upload is being written any more: a lease is never given back before. */
    private readonly settled: (id: string) => Promise<void>,
  ) {}

  /** False once the lease may have passed to another process, for instance after this one was paused. */
  isHeld(id: string): boolean {
    return (this.validUntil.get(id) ?? 0) > performance.now();
  }

  newLock(id: string): Lock {
    const holder = randomUUID();
    let renewal: NodeJS.Timeout | undefined;
    let renewing: Promise<unknown> = Promise.resolve();
    const take = async () => {
      const asked = performance.now();
      const held = await this.registry.lease(id, holder, LEASE_MS);
      if (held) this.validUntil.set(id, asked + LEASE_MS);
      return held;
    };
    return {
      lock: async (signal, cancelRequest) => {
        const deadline = performance.now() + this.waitMs;
        while (!(await take())) {
          if (signal.aborted || performance.now() >= deadline) {
            throw new AppError("upload_locked", "Another request is sending this upload. Wait until it has ended, then ask for the offset again.", { retryAfterSeconds: 2 });
          }
          await new Promise((resolve) => setTimeout(resolve, POLL_MS));
        }
        renewal = setInterval(() => {
          renewing = take().then((held) => (held ? undefined : cancelRequest()), () => undefined);
        }, LEASE_MS / 3);
        renewal.unref();
      },
      unlock: async () => {
        clearInterval(renewal);
        // A renewal that is under way would take the lease again after it was given back, and then nobody would hold it.
        await Promise.all([renewing, this.settled(id)]);
        this.validUntil.delete(id);
        await this.registry.release(id, holder);
      },
    };
  }
}
