import { LOAD_TEST_LIMITS } from "@/lib/load-tests/limits";
import type { StepTally } from "@/lib/load-tests/summarise-step";

/** Sends one request. Resolves with null when it was answered well, else with the cause in a word. Never rejects. */
export type Send = () => Promise<string | null>;
export type DriveOptions = { seconds: number; signal: AbortSignal; onCount?(answered: number, failed: number): void };

const MOST_CAUSES = 20;

/** Latencies as they come, without an object each. */
class Recorder {
  private values = new Float64Array(1024);
  private length = 0;
  push(value: number): void {
    if (this.length === this.values.length) {
      const larger = new Float64Array(this.length * 2);
      larger.set(this.values);
      this.values = larger;
    }
    this.values[this.length++] = value;
  }
  all(): Float64Array {
    return this.values.slice(0, this.length);
  }
}

class Tally {
  private readonly latencies = new Recorder();
  private readonly delays = new Recorder();
  private readonly causes = new Map<string, number>();
  private answered = 0;
  private failed = 0;
  private within = 0;
  sent = 0;

  constructor(private readonly endMs: number, private readonly onCount: DriveOptions["onCount"]) {}

  /** `fromMs`: when the request was sent or, in an open loop, was meant to be. */
  done(fromMs: number, cause: string | null): void {
    const now = performance.now();
    if (cause === null) {
      this.latencies.push(now - fromMs);
      this.answered++;
      if (now <= this.endMs) this.within++;
    } else this.fail(cause);
    this.onCount?.(this.answered, this.failed);
  }

  fail(cause: string): void {
    const known = this.causes.has(cause) || this.causes.size < MOST_CAUSES ? cause : "other";
    this.causes.set(known, (this.causes.get(known) ?? 0) + 1);
    this.failed++;
  }

  sentLate(ms: number): void {
    this.delays.push(ms);
  }

  over(seconds: number): StepTally {
    return { seconds, sent: this.sent, answeredWithin: this.within, latenciesMs: this.latencies.all(), sendDelaysMs: this.delays.all(), errorsByCause: Object.fromEntries(this.causes) };
  }
}

/**
 * So many callers, each sending its next request when the last is answered. A slow answer therefore holds back the requests that would have come
 * meanwhile: its latencies are those of callers who wait, not of callers who come at their own pace.
 */
export async function driveClosed(callers: number, send: Send, o: DriveOptions): Promise<StepTally> {
  const began = performance.now();
  const end = began + o.seconds * 1000;
  const tally = new Tally(end, o.onCount);
  const caller = async () => {
    while (!o.signal.aborted && performance.now() < end) {
      const from = performance.now();
      tally.sent++;
      const cause = await send();
      if (o.signal.aborted) return;
      tally.done(from, cause);
      // Whoever is refused at once would spin: a caller waits a moment before it tries again.
      if (cause !== null) await pause(5);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return tally.over(Math.min(o.seconds, (performance.now() - began) / 1000));
}

/**
 * So many requests a second, sent by the clock whether or not the ones before are answered. Latency counts from the moment a request was meant to be
 * sent: neither a slow server nor a late sender makes it look shorter (no coordinated omission).
 */
export async function driveOpen(perSecond: number, send: Send, o: DriveOptions): Promise<StepTally> {
  const began = performance.now();
  const end = began + o.seconds * 1000;
  const tally = new Tally(end, o.onCount);
  const inFlight = new Set<Promise<void>>();
  const total = Math.max(1, Math.round(perSecond * o.seconds));
  for (let i = 0; i < total && !o.signal.aborted; i++) {
    const due = began + (i * 1000) / perSecond;
    await until(due, o.signal);
    // A sender that is behind goes on at once, and must still let answers in.
    if (i % 8 === 7) await turn();
    if (o.signal.aborted) break;
    if (performance.now() >= end || inFlight.size >= LOAD_TEST_LIMITS.outstanding) {
      tally.fail("not_sent");
      continue;
    }
    tally.sent++;
    tally.sentLate(Math.max(0, performance.now() - due));
    const one = send().then((cause) => {
      if (!o.signal.aborted) tally.done(due, cause);
    }).finally(() => inFlight.delete(one));
    inFlight.add(one);
  }
  await Promise.all(inFlight);
  return tally.over(o.signal.aborted ? Math.min(o.seconds, (performance.now() - began) / 1000) : o.seconds);
}

/** Waits until a moment: timers come a millisecond late, so the last one passes by turns of the event loop. */
async function until(due: number, signal: AbortSignal): Promise<void> {
  for (let left = due - performance.now(); left > 0 && !signal.aborted; left = due - performance.now()) {
    if (left >= 2) await pause(Math.min(left - 1, 250));
    else await turn();
  }
}

const turn = () => new Promise<void>((done) => setImmediate(done));
const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
