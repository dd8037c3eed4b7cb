import type { ReplicaObservation, RevisionObservation, RevisionSpec, ScalingSpec } from "@/lib/targets/target";
import { wantedReplicas, type LoadSample } from "./autoscale";
import { backoffMs } from "./backoff";
import type { LastError, Replica } from "./replica";

/** Uptime after which earlier failures no longer count. */
const HEALTHY_MS = 60_000;
const KEEP_ENDED_MS = 10 * 60_000;
const MAX_ENDED = 50;
const LOAD_WINDOW_MS = 65_000;
const DEFAULT_IDLE_SECONDS = 300;

export type PoolHooks = {
  /** Starts one replica. Throws when that is impossible, with words for the user. */
  start: (pool: RevisionPool) => Promise<Replica>;
  drain: (replica: Replica) => void;
};

/** The replicas of one revision: how many there should be, and what becomes of those that fail. */
export class RevisionPool {
  replicas: Replica[] = [];
  weight: number;
  wanted = 0;
  lastError: LastError | null = null;
  consecutiveFailures = 0;
  /** No longer in the spec: serves until its successor does. */
  retired = false;
  private nextAttemptAt = 0;
  /** When a request last found nothing that serves, ms. */
  private lastDemandAt = 0;
  private starting = 0;
  private closed = false;
  private lastRaisedAt = -Infinity;
  private load: LoadSample[] = [];

  constructor(public spec: RevisionSpec, public launchHash: string, private readonly hooks: PoolHooks) {
    this.weight = spec.weight;
  }

  get ready(): Replica[] {
    return this.replicas.filter((r) => r.state === "ready");
  }

  /** All that are wanted serve, with what the spec says now. */
  get settled(): boolean {
    return this.wanted > 0 && this.ready.filter((r) => r.launchHash === this.launchHash).length >= this.wanted;
  }

  /** Nothing runs because nobody asks. */
  get atZero(): boolean {
    return this.spec.mayScaleToZero === true && this.wanted === 0;
  }

  get empty(): boolean {
    return this.starting === 0 && this.replicas.every((r) => r.ended);
  }

  /** Forgets the wait after failures: the spec has changed, so the next try may go better. */
  retryNow(): void {
    this.consecutiveFailures = 0;
    this.nextAttemptAt = 0;
    this.lastError = null;
  }

  /** Sets `wanted` by weight, bounds and load. `demand`: a request found nothing that serves. */
  scale(scaling: ScalingSpec, now: number, demand: boolean): void {
    const load = this.replicas.reduce((n, r) => n + r.outstanding, 0) + (demand ? 1 : 0);
    this.load.push({ at: now, load });
    while (this.load[0] && this.load[0].at < now - LOAD_WINDOW_MS) this.load.shift();
    const share = this.weight > 0 ? this.weight / 100 : 1;
    const max = scaling.max <= 0 ? 0 : Math.max(1, Math.ceil(scaling.max * share));
    // With a minimum of zero one replica still starts at first: that is how it is known that the model loads at all.
    const min = Math.min(max, Math.max(this.spec.mayScaleToZero ? 0 : 1, Math.ceil(scaling.min * share)));
    if (demand) this.lastDemandAt = now;
    const wanted = wantedReplicas({
      now, samples: this.load, min, max, targetConcurrency: scaling.targetConcurrency, current: this.wanted, lastRaisedAt: this.lastRaisedAt,
      quietMs: this.quietMs(now), idleMs: (scaling.idleSecondsBeforeZero ?? DEFAULT_IDLE_SECONDS) * 1000,
    });
    if (wanted > this.wanted) this.lastRaisedAt = now;
    this.wanted = wanted;
  }

  /** Requests are over in milliseconds, so what is in flight at a tick says little: each replica remembers its last one. */
  private quietMs(now: number): number {
    if (this.starting > 0 || this.replicas.some((r) => r.outstanding > 0 || r.state === "starting" || r.state === "loading")) return 0;
    return now - this.replicas.reduce((last, r) => Math.max(last, r.lastUsedAtMs), this.lastDemandAt);
  }

  /** One level-triggered pass: starts what is missing and drains what is too much. */
  reconcile(now: number): void {
    const healthySince = this.ready.reduce((first, r) => Math.min(first, r.readyAtMs), Infinity);
    if (this.consecutiveFailures > 0 && now - healthySince >= HEALTHY_MS) {
      this.consecutiveFailures = 0;
      this.lastError = null;
    }
    const ended = this.replicas.filter((r) => r.ended);
    const tooMany = new Set(ended.slice(0, Math.max(0, ended.length - MAX_ENDED)));
    this.replicas = this.replicas.filter((r) => !r.ended || (!tooMany.has(r) && now - Date.parse(r.observe().endedAt ?? "") < KEEP_ENDED_MS));
    if (this.retired) return;

    const live = this.replicas.filter((r) => r.live);
    const fresh = live.filter((r) => r.launchHash === this.launchHash);
    const missing = this.wanted - fresh.length - this.starting;
    if (missing > 0 && now >= this.nextAttemptAt) {
      // After a failure one at a time, to see whether it goes well.
      const tries = this.consecutiveFailures > 0 ? Math.max(0, 1 - fresh.filter((r) => r.state !== "ready").length - this.starting) : missing;
      for (let i = 0; i < tries; i++) void this.start();
    }
    if (fresh.length > this.wanted) {
      const byWorth = [...fresh].sort((a, b) => Number(a.state === "ready") - Number(b.state === "ready") || a.outstanding - b.outstanding);
      for (const r of byWorth.slice(0, fresh.length - this.wanted)) this.hooks.drain(r);
    }
    if (this.settled || this.wanted === 0) for (const r of live) if (r.launchHash !== this.launchHash) this.hooks.drain(r);
  }

  /** Ends all its replicas, each when it is idle. */
  retire(): void {
    this.retired = true;
    this.closed = true;
    this.wanted = 0;
    for (const r of this.replicas) if (r.live) this.hooks.drain(r);
  }

  /** To be told when one of its replicas ended without being asked. */
  failed(replica: Replica, now: number): void {
    this.lastError = replica.failure;
    this.countFailure(now);
  }

  observe(now: number): RevisionObservation {
    const at = this.nextAttemptAt > now && this.wanted > 0 ? new Date(this.nextAttemptAt).toISOString() : null;
    return {
      n: this.spec.n, weight: this.retired ? 0 : this.weight, wanted: this.wanted,
      starting: this.starting + this.replicas.filter((r) => r.state === "starting" || r.state === "loading").length,
      ready: this.ready.length, consecutiveFailures: this.consecutiveFailures, nextAttemptAt: at, lastError: this.lastError,
    };
  }

  observeReplicas(): ReplicaObservation[] {
    return this.replicas.map((r) => r.observe());
  }

  private async start(): Promise<void> {
    this.starting++;
    try {
      const replica = await this.hooks.start(this);
      this.replicas.push(replica);
      if (this.closed) this.hooks.drain(replica);
    } catch (e) {
      this.lastError = { reason: "Unplaceable", message: e instanceof Error ? e.message : String(e), at: new Date().toISOString() };
      this.countFailure(Date.now());
    } finally {
      this.starting--;
    }
  }

  private countFailure(now: number): void {
    this.consecutiveFailures++;
    this.nextAttemptAt = now + backoffMs(this.consecutiveFailures, Math.random());
  }
}
