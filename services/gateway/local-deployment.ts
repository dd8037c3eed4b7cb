import { createHash } from "node:crypto";
import { totalmem } from "node:os";
import path from "node:path";
import { AppError } from "@/lib/errors";
import { formatBytes, formatMib } from "@/lib/format/bytes";
import { canonicalJson, specHash } from "@/lib/targets/spec-hash";
import type { DeploymentSpec, Observation, RevisionSpec } from "@/lib/targets/target";
import { tooMuchMemory } from "@/services/model-server/memory-words";
import { LogBuffer } from "./log-buffer";
import { layOutFiles, removeSet, type ResolveBlob } from "./model-files";
import { Replica } from "./replica";
import { RevisionPool } from "./revision-pool";
import { GatewayCounters } from "./gateway-counters";
import { readProcess } from "./proc";
import { spawnCommand } from "./spawn-command";
import { spawnEnv } from "./spawn-env";

const INTRA_OP_THREADS = 1;
const MIB = 1024 * 1024;

export type DeploymentContext = {
  runDir: string;
  resolveBlob: ResolveBlob;
  /** Replicas answer only who sends it. */
  accessToken: string;
  onSpawned: (pid: number) => void;
  onGone: (pid: number) => void;
  /** Reads a replica's counters a last time, when it is idle and about to stop. */
  lastSample: (deployment: LocalDeployment, replica: Replica) => Promise<void>;
};

/** The desired state of one deployment and the replicas that make it so. `tick` may be called at any time, any number of times. */
export class LocalDeployment {
  readonly logs = new LogBuffer();
  readonly counters = new GatewayCounters();
  readonly pools = new Map<number, RevisionPool>();
  hash = "";
  private removed = false;
  private demand = false;
  private readonly removals = new Map<string, Promise<void>>();
  private readonly sets = new Map<string, Promise<Awaited<ReturnType<typeof layOutFiles>>>>();

  constructor(public spec: DeploymentSpec, private readonly context: DeploymentContext) {
    this.apply(spec);
  }

  /** Takes over the whole desired state. */
  apply(spec: DeploymentSpec): void {
    // From a worker that slept since: what was asked for later stays.
    if (spec.generation < this.spec.generation) return;
    const hash = specHash(spec);
    this.spec = spec;
    if (hash === this.hash) return;
    this.hash = hash;
    for (const revision of spec.revisions) {
      const launchHash = hashLaunch(revision);
      const pool = this.pools.get(revision.n);
      if (!pool || pool.retired) {
        this.pools.set(revision.n, new RevisionPool(revision, launchHash, { start: (p) => this.start(p), drain: (r) => this.drain(r) }));
        if (pool) this.leaving.add(pool);
        continue;
      }
      if (pool.launchHash !== launchHash) pool.retryNow();
      pool.spec = revision;
      pool.launchHash = launchHash;
      pool.weight = revision.weight;
    }
    this.tick(Date.now());
  }

  /** Pools that have left the spec and still hold replicas. */
  private readonly leaving = new Set<RevisionPool>();

  tick(now: number): void {
    if (!this.removed) {
      const stopped = this.spec.scaling.max <= 0;
      for (const pool of this.pools.values()) {
        if (!this.spec.revisions.some((r) => r.n === pool.spec.n)) continue;
        pool.scale(this.spec.scaling, now, this.demand && pool.weight > 0);
        pool.reconcile(now);
      }
      this.demand = false;
      const successors = [...this.pools.values()].filter((p) => this.spec.revisions.some((r) => r.n === p.spec.n) && p.weight > 0);
      const succeeded = stopped || (successors.length > 0 && successors.every((p) => p.settled || p.atZero));
      for (const [n, pool] of this.pools) {
        if (this.spec.revisions.some((r) => r.n === n)) continue;
        // A revision that left the spec serves on until all that carry traffic are ready: a bad successor takes nothing down.
        pool.weight = 0;
        if (succeeded || this.spec.revisions.length === 0) pool.retire();
        pool.reconcile(now);
        if (pool.retired) {
          this.pools.delete(n);
          this.leaving.add(pool);
        }
      }
    }
    for (const pool of this.leaving) {
      pool.reconcile(now);
      if (pool.empty) this.forget(pool);
    }
    this.holdMemory();
  }

  /** A request found no ready replica: a deployment scaled to zero starts one. */
  noteDemand(): void {
    this.demand = true;
    // At once, not at the next tick: somebody waits.
    if (this.startsOnDemand && [...this.pools.values()].every((p) => p.wanted === 0)) this.tick(Date.now());
  }

  /** Runs nothing while nobody asks, and something as soon as somebody does. */
  get startsOnDemand(): boolean {
    return !this.removed && this.spec.scaling.min <= 0 && this.spec.scaling.max > 0;
  }

  /** Routes nothing more and ends all replicas, each when it is idle. */
  remove(): void {
    this.removed = true;
    for (const pool of this.pools.values()) {
      pool.retire();
      this.leaving.add(pool);
    }
    this.pools.clear();
    this.tick(Date.now());
  }

  /** Nothing of it is left. */
  get gone(): boolean {
    return this.removed && this.leaving.size === 0;
  }

  /** Nothing serves yet, and a replica is on its way. */
  get starting(): boolean {
    // Asked for every request, so nothing is gathered first.
    let coming = false;
    for (const pools of [this.pools.values(), this.leaving]) {
      for (const pool of pools) {
        for (const { state } of pool.replicas) {
          if (state === "ready") return false;
          coming ||= state === "starting" || state === "loading";
        }
      }
    }
    return coming;
  }

  get replicas(): Replica[] {
    return [...this.pools.values(), ...this.leaving].flatMap((p) => p.replicas);
  }

  observe(now: number): Observation {
    const revisions = [...this.pools.values()].map((p) => p.observe(now));
    const ready = revisions.reduce((n, r) => n + r.ready, 0);
    const waiting = revisions.find((r) => r.nextAttemptAt !== null && r.lastError);
    return {
      exists: true, generation: this.spec.generation, specHash: this.hash, revisions,
      replicas: this.replicas.map((r) => r.observe()),
      conditions: [
        ready > 0
          ? { type: "Available", status: "True", reason: "ReplicasReady", message: `${ready} ${ready === 1 ? "replica serves" : "replicas serve"}.` }
          : { type: "Available", status: "False", ...this.whyNone() },
        this.spec.public
          ? { type: "Public", status: "True", reason: "NoToken", message: "The endpoint asks for no token." }
          : { type: "Public", status: "False", reason: "Token", message: "The endpoint asks for a token with the scope predict." },
        waiting
          ? { type: "BackOff", status: "True", reason: waiting.lastError?.reason ?? "Crashed", message: `Revision ${waiting.n} failed ${waiting.consecutiveFailures} times in a row; the next try is at ${waiting.nextAttemptAt}. ${waiting.lastError?.message ?? ""}`.trim() }
          : { type: "BackOff", status: "False", reason: "NoFailures", message: "Nothing waits for another try." },
      ],
    };
  }

  private whyNone(): { reason: string; message: string } {
    if (this.spec.scaling.max <= 0) return { reason: "Stopped", message: "The deployment is stopped." };
    if (this.pools.size > 0 && [...this.pools.values()].every((p) => p.atZero)) return { reason: "ScaledToZero", message: "No replica runs while no request comes; the next one starts one." };
    return { reason: "NoReplica", message: "No replica serves." };
  }

  private async start(pool: RevisionPool): Promise<Replica> {
    const { spec: revision, launchHash } = pool;
    const { ref } = this.spec;
    const { context } = this;
    const memoryMib = revision.resources.memoryMib;
    if (revision.runtime !== "onnx") throw new AppError("unprocessable", `The local target runs ONNX models with Slipway's own server; the runtime ${revision.runtime} needs a cluster.`);
    if (revision.resources.accelerator) throw new AppError("unprocessable", "The local target has no accelerators; choose a local profile.");
    if (memoryMib * MIB > totalmem()) throw new AppError("unprocessable", `The profile asks for ${formatMib(memoryMib)} of memory, and this machine has ${formatBytes(totalmem())}. Choose a smaller profile.`);
    const files = await this.layOut(revision, launchHash);
    const sizeBytes = revision.files.reduce((n, f) => n + f.sizeBytes, 0);
    return new Replica({
      revision: revision.n, launchHash,
      command: spawnCommand(memoryMib),
      env: spawnEnv(revision.env, revision.secrets, path.join(context.runDir, "home"), { SLIPWAY_DATA_DIR: path.dirname(context.runDir) }), // so that a replica can be told for ours from outside
      cwd: path.join(context.runDir, "home"),
      startTimeoutMs: 60_000 + Math.ceil(sizeBytes / (20 * MIB)) * 1000,
      config: (id) => ({
        model: revision.model, files, queueLimit: revision.queueLimit, intraOpThreads: INTRA_OP_THREADS, host: "127.0.0.1", port: 0, memoryMib,
        labels: { project: ref.project, deployment: ref.deployment, revision: String(revision.n), replica: id }, accessToken: context.accessToken,
      }),
      onChange: (replica) => {
        if (replica.state === "failed") pool.failed(replica, Date.now());
        // In a turn of its own: a change may be told from within a tick.
        setImmediate(() => this.tick(Date.now()));
      },
      onSpawned: context.onSpawned, onGone: context.onGone, log: (line) => this.logs.push(line),
    });
  }

  private drain(replica: Replica): void {
    void replica.drain(() => this.context.lastSample(this, replica));
  }

  private setDir = (n: number, launchHash: string) => path.join(this.context.runDir, "sets", `${this.spec.ref.id}-${n}-${launchHash.slice(0, 12)}`);

  private layOut(revision: RevisionSpec, launchHash: string) {
    const dir = this.setDir(revision.n, launchHash);
    // One file has no directory of links that would keep it: a copy that was swept since is fetched again.
    if (revision.files.length === 1) return layOutFiles(revision, dir, this.context.resolveBlob);
    const known = this.sets.get(dir);
    if (known) return known;
    // A directory that is just being taken away is gone before it is made again, or half of the new one would go with it.
    const made = (this.removals.get(dir) ?? Promise.resolve()).then(() => layOutFiles(revision, dir, this.context.resolveBlob));
    this.sets.set(dir, made);
    made.catch(() => this.sets.delete(dir));
    return made;
  }

  private forget(pool: RevisionPool): void {
    this.leaving.delete(pool);
    if (this.pools.has(pool.spec.n)) return;
    const prefix = path.join(this.context.runDir, "sets", `${this.spec.ref.id}-${pool.spec.n}-`);
    for (const dir of this.sets.keys()) {
      if (!dir.startsWith(prefix)) continue;
      this.sets.delete(dir);
      const removal = removeSet(dir).catch(() => {}).finally(() => { if (this.removals.get(dir) === removal) this.removals.delete(dir); });
      this.removals.set(dir, removal);
    }
  }

  /** The server watches its own memory; this holds the limit also when it is too busy to look. */
  private holdMemory(): void {
    for (const r of this.replicas) {
      if (r.ended || r.pid === undefined || r.memoryMib === 0) continue;
      const usedMib = (readProcess(r.pid)?.rssBytes ?? 0) / MIB;
      if (usedMib > r.memoryMib * 1.1) r.kill("OutOfMemory", tooMuchMemory(usedMib, r.memoryMib));
    }
  }
}

const hashLaunch = ({ weight: _weight, n: _n, mayScaleToZero: _may, ...launch }: RevisionSpec) => createHash("sha256").update(canonicalJson(launch)).digest("hex");
