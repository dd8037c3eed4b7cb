import { listen } from "@/lib/db/listen";
import { Wake } from "@/lib/reconciler/wake";

export type PollingOptions = {
  /** Waited between two turns; a turn may name another time by what it returns. */
  everyMs: number;
  /** A notification on this channel only saves the wait; what the turn reads is the truth. */
  channel?: string;
  /** Turns that may be under way side by side; each is told its number, from 0. */
  lanes?: number;
  onFault(error: unknown): void;
};

/** Runs a turn again and again until it is stopped, on every worker. `stop` resolves when the turns under way have ended; their signal asks them to hurry. */
export function runPollingLoop(turn: (signal: AbortSignal, lane: number) => Promise<number | void>, { everyMs, channel, lanes = 1, onFault }: PollingOptions): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const wakes = Array.from({ length: lanes }, () => new Wake());
  const wakeAll = () => wakes.forEach((w) => w.wake());
  const listener = channel === undefined ? null : listen([channel], { onNotify: wakeAll, onConnect: wakeAll });
  const running = wakes.map(async (wake, lane) => {
    while (!stopping.signal.aborted) {
      const wait = await turn(stopping.signal, lane).catch(onFault);
      if (!stopping.signal.aborted) await wake.wait(wait ?? everyMs);
    }
  });
  return {
    async stop() {
      stopping.abort();
      wakeAll();
      await Promise.all([listener?.stop(), ...running]);
    },
  };
}
