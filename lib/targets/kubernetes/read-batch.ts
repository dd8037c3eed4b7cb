import type { ClusterState } from "@/lib/targets/kubernetes/read-cluster";

/** What is read of a deployment: its pods alone, what says how it is doing, or everything that was applied. */
export type Scope = "pods" | "core" | "full";
type Read = (ids: string[], scope: Scope) => Promise<Map<string, ClusterState>>;
type Batch = { ids: Set<string>; scope: Scope; done: Promise<Map<string, ClusterState>> };

const WIDTH: readonly Scope[] = ["pods", "core", "full"];

/**
 * Puts questions about single deployments together: those that come while one read is under way share the next. So a pass over a
 * hundred deployments at once is one list a kind, and every answer is younger than its question.
 */
export class ReadBatch {
  private waiting: Batch | null = null;
  private running: Promise<unknown> = Promise.resolve();

  constructor(private readonly read: Read) {}

  async of(id: string, scope: Scope): Promise<ClusterState | undefined> {
    const batch = (this.waiting ??= this.next());
    batch.ids.add(id);
    if (WIDTH.indexOf(scope) > WIDTH.indexOf(batch.scope)) batch.scope = scope;
    return (await batch.done).get(id);
  }

  private next(): Batch {
    const batch: Batch = { ids: new Set(), scope: "pods", done: Promise.resolve(new Map()) };
    batch.done = this.running.then(() => new Promise<void>((r) => setImmediate(r))).then(() => {
      this.waiting = null;
      return this.read([...batch.ids], batch.scope);
    });
    this.running = batch.done.catch(() => undefined);
    return batch;
  }
}
