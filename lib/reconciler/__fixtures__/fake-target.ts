import type { AppError } from "@/lib/errors";
import { specHash } from "@/lib/targets/spec-hash";
import type { Changes, DeploymentRef, DeploymentSpec, Observation, ReplicaObservation, RevisionObservation, RevisionSpec, Target } from "@/lib/targets/target";

type Held = { spec: DeploymentSpec; replicas: ReplicaObservation[]; failures: Map<number, { count: number; at: string; message: string; reason: "LoadFailed" | "Crashed" }>; draining: boolean };

/** A target in memory that keeps the contract. Nothing moves by itself: `step` takes every replica one step further. */
export class FakeTarget implements Target {
  readonly held = new Map<string, Held>();
  readonly calls = { apply: 0, remove: 0, observe: 0 };
  /** Set: every call throws this. */
  down: string | null = null;
  /** Set: it answers, and would not have what it is given. */
  refuses: AppError | null = null;
  /** Whether requests come: while none do, a revision that may scale to zero runs nothing. */
  asked = true;
  /** Revisions that cannot load, with the runtime's words. */
  readonly broken = new Map<number, string>();
  private serial = 0;

  constructor(private readonly now: () => Date = () => new Date(), private readonly name = Math.random().toString(36).slice(2, 8)) {}

  check = async () => [];
  plan = async () => ({ changes: [] });
  endpoint = async () => null;
  async *logs() {}

  async apply(spec: DeploymentSpec): Promise<void> {
    this.reach();
    this.calls.apply++;
    if (this.refuses) throw this.refuses;
    const held = this.held.get(spec.ref.id);
    if (held && spec.generation < held.spec.generation) return;
    this.held.set(spec.ref.id, held ? { ...held, spec } : { spec, replicas: [], failures: new Map(), draining: false });
  }

  async observe(ref: DeploymentRef): Promise<Observation> {
    this.reach();
    this.calls.observe++;
    return this.look(ref.id);
  }

  async observeAll(): Promise<Map<string, Observation>> {
    this.reach();
    return new Map([...this.held.keys()].map((id) => [id, this.look(id)]));
  }

  /** Cannot tell: a resync looks at everything. */
  async changes(): Promise<Changes> {
    this.reach();
    return { cursor: "", ids: null };
  }

  async list(): Promise<DeploymentRef[]> {
    this.reach();
    return [...this.held.values()].map((h) => h.spec.ref);
  }

  async remove(ref: DeploymentRef): Promise<void> {
    this.reach();
    this.calls.remove++;
    const held = this.held.get(ref.id);
    if (held) held.draining = true;
  }

  /** Forgets everything, as a gateway that was killed does. */
  forget(): void {
    this.held.clear();
  }

  /** One moment passes: replicas are started, load, get ready, drain. */
  step(): void {
    for (const [id, held] of this.held) {
      const at = this.now().toISOString();
      held.replicas = held.replicas.filter((r) => r.endedAt === null);
      for (const r of held.replicas) advance(r, at, held.draining || r.state === "draining" || !held.spec.revisions.some((s) => s.n === r.revision));
      for (const revision of held.draining ? [] : held.spec.revisions) {
        const own = held.replicas.filter((r) => r.revision === revision.n && r.endedAt === null && r.state !== "draining");
        const words = this.broken.get(revision.n);
        const wanted = this.wanted(held.spec, revision);
        if (words !== undefined) {
          if (wanted === 0) continue;
          const before = held.failures.get(revision.n)?.count ?? 0;
          held.failures.set(revision.n, { count: before + 1, at, message: words, reason: "LoadFailed" });
          held.replicas.push({ ...this.replica(revision.n, at), state: "failed", placedAt: at, endedAt: at, message: words });
          continue;
        }
        held.failures.delete(revision.n);
        for (let i = own.length; i < wanted; i++) held.replicas.push(this.replica(revision.n, at));
        for (const extra of own.slice(wanted)) advance(extra, at, true);
      }
      if (held.draining && held.replicas.every((r) => r.endedAt !== null)) this.held.delete(id);
    }
  }

  /** As the local target has it: with a minimum of zero one replica runs, unless the revision may sleep and nobody asks. */
  private wanted({ scaling }: DeploymentSpec, revision: RevisionSpec): number {
    if (scaling.max <= 0) return 0;
    return scaling.min > 0 ? scaling.min : revision.mayScaleToZero && !this.asked ? 0 : 1;
  }

  private replica(revision: number, at: string): ReplicaObservation {
    return { id: `${this.name}-${++this.serial}`, revision, state: "starting", createdAt: at, placedAt: at, loadingAt: null, readyAt: null, endedAt: null, message: null };
  }

  private look(id: string): Observation {
    const held = this.held.get(id);
    if (!held) return { exists: false };
    return {
      exists: true, generation: held.spec.generation, specHash: specHash(held.spec), conditions: [], replicas: held.replicas.map((r) => ({ ...r })),
      revisions: held.spec.revisions.map((s): RevisionObservation => {
        const own = held.replicas.filter((r) => r.revision === s.n);
        const failure = held.failures.get(s.n);
        return {
          n: s.n, weight: s.weight, wanted: this.wanted(held.spec, s), starting: own.filter((r) => r.state === "starting" || r.state === "loading").length,
          ready: own.filter((r) => r.state === "ready").length, consecutiveFailures: failure?.count ?? 0, nextAttemptAt: null,
          lastError: failure ? { reason: failure.reason, message: failure.message, at: failure.at } : null,
        };
      }),
    };
  }

  private reach(): void {
    if (this.down !== null) throw new Error(this.down);
  }
}

function advance(r: ReplicaObservation, at: string, leaving: boolean): void {
  if (r.endedAt !== null) return;
  if (leaving) {
    if (r.state === "draining") Object.assign(r, { state: "exited", endedAt: at });
    else r.state = "draining";
  } else if (r.state === "starting") Object.assign(r, { state: "loading", loadingAt: at });
  else if (r.state === "loading") Object.assign(r, { state: "ready", readyAt: at });
}
