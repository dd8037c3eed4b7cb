export class QueueFull extends Error {}
export class QueueTimeout extends Error {}
export class Cancelled extends Error {}

type Waiting = { start: () => void; refuse: (error: Error) => void; since: number };

/** A place in the queue; cancelling it after the run has begun changes nothing. */
export type Ticket<T> = { result: Promise<{ value: T; queueMs: number }>; cancel: () => void };

/**
 * One slot in front of the session and a bounded queue in front of the slot, so that the time spent waiting and the time
 * spent computing are measured apart, and so that a client that went away costs no run.
 */
export class RunQueue {
  private readonly waiting = new Set<Waiting>();
  private running = false;
  private sweeper: NodeJS.Timeout | undefined;

  /** `limit`: requests that may wait, the running one not counted. `maxWaitMs`: after that a waiting one is refused. */
  constructor(private readonly limit: number, private readonly maxWaitMs: number) {}

  get depth(): number {
    return this.waiting.size;
  }

  get full(): boolean {
    return this.running && this.waiting.size >= this.limit;
  }

  /** Rejects with QueueFull, QueueTimeout or Cancelled when `run` was never called, else as `run` does. */
  submit<T>(run: () => Promise<T>): Ticket<T> {
    if (this.full) return { result: Promise.reject(new QueueFull()), cancel: () => {} };
    const since = performance.now();
    let entry: Waiting | undefined;
    const result = new Promise<{ value: T; queueMs: number }>((resolve, reject) => {
      const start = () => {
        const queueMs = performance.now() - since;
        this.running = true;
        run().then((value) => resolve({ value, queueMs }), reject).finally(() => this.next());
      };
      if (!this.running) return start();
      entry = { start, refuse: reject, since };
      this.waiting.add(entry);
      this.sweeper ??= setInterval(() => this.sweep(), 1000).unref();
    });
    return { result, cancel: () => { if (entry && this.waiting.delete(entry)) entry.refuse(new Cancelled()); } };
  }

  private next(): void {
    this.running = false;
    const [first] = this.waiting;
    if (!first) {
      clearInterval(this.sweeper);
      this.sweeper = undefined;
      return;
    }
    this.waiting.delete(first);
    first.start();
  }

  private sweep(): void {
    const oldest = performance.now() - this.maxWaitMs;
    for (const entry of this.waiting) {
      if (entry.since > oldest) return;
      this.waiting.delete(entry);
      entry.refuse(new QueueTimeout());
    }
  }
}
