import type { ClusterState } from "@/lib/targets/kubernetes/read-cluster";

type Read = (ids: string[], full: boolean) => Promise<Map<string, ClusterState>>;
type Batch = { ids: Set<string>; full: boolean; done: Promise<Map<string, ClusterState>> };

/**
 * Puts questions about single deployments together: those that come while one read is under way share the next. So a pass over a
 * hundred deployments at once is one list a kind, and every answer is younger than its question.
 */
export class ReadBatch {
  private waiting: Batch | null = null;
  private running: Promise<unknown> = Promise.resolve();

  constructor(private readonly read: Read) {}

  async of(id: string, full: boolean): Promise<ClusterState | undefined> {
    const batch = (this.waiting ??= this.next());
    batch.ids.add(id);
    batch.full ||= full;
    return (await batch.done).get(id);
  }

  private next(): Batch {
    const batch: Batch = { ids: new Set(), full: false, done: Promise.resolve(new Map()) };
    batch.done = this.running.then(() => new Promise<void>((r) => setImmediate(r))).then(() => {
      this.waiting = null;
      return this.read([...batch.ids], batch.full);
    });
    this.running = batch.done.catch(() => undefined);
    return batch;
  }
}
