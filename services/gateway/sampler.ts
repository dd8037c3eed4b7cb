import { DURATION_BUCKET_COUNT } from "@/lib/observability/buckets";
import { emptyHistogram, type ReplicaCounters, type ReplicaSample, type SampleBatch } from "@/lib/observability/sample";
import { ACCESS_HEADER } from "@/services/model-server/config";
import type { LocalDeployment } from "./local-deployment";
import { readProcess } from "./proc";
import type { Replica } from "./replica";

const INTERVAL_MS = 5000;
const TIMEOUT_MS = 2000;
/** Batches kept while they cannot be posted: five minutes. */
const MAX_WAITING = 60;

/** Hands a batch to the store. A rejection means: not stored, try again. */
export type PostSamples = (batch: SampleBatch) => Promise<void>;

/** Collects what every replica has counted, every five seconds and once more before one stops. */
export class Sampler {
  private timer: NodeJS.Timeout | undefined;
  private readonly waiting: SampleBatch[] = [];
  private posting = false;
  private readonly last = new WeakMap<Replica, ReplicaCounters>();
  private final: ReplicaSample[] = [];

  constructor(
    private readonly deployments: () => Iterable<LocalDeployment>, private readonly accessToken: string, private readonly gatewayId: string,
    private readonly post: PostSamples, private readonly onError: (e: unknown) => void,
  ) {}

  /** On whole multiples of the interval, so that every step of a chart holds the same number of scrapes. */
  start(): void {
    const next = (least: number) => {
      const wait = INTERVAL_MS - (Date.now() % INTERVAL_MS);
      this.timer = setTimeout(() => {
        void this.pass();
        // A timer may come a moment before its time, which is then still ahead: that was this pass.
        next(INTERVAL_MS / 2);
      }, wait < least ? wait + INTERVAL_MS : wait);
    };
    next(0);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  /** One pass over all replicas. Never rejects. */
  async pass(): Promise<void> {
    const at = new Date().toISOString();
    const samples: ReplicaSample[] = this.final;
    this.final = [];
    await Promise.all([...this.deployments()].map(async (deployment) => {
      const alive = deployment.replicas.filter((r) => !r.ended);
      samples.push(...(await Promise.all(alive.map((r) => this.sample(deployment, r, at)))));
      if (deployment.counters.any) samples.push({ ...identity(deployment, at), revision: 0, replica: this.gatewayId, state: "ready", ...deployment.counters.counters() });
    }));
    if (samples.length === 0) return;
    this.waiting.push({ at, samples });
    if (this.waiting.length > MAX_WAITING) this.waiting.shift();
    await this.flush();
  }

  /** The last numbers of a replica that is about to stop; they travel with the next batch. */
  async lastSample(deployment: LocalDeployment, replica: Replica): Promise<void> {
    this.final.push(await this.sample(deployment, replica, new Date().toISOString()));
  }

  private async sample(deployment: LocalDeployment, replica: Replica, at: string): Promise<ReplicaSample> {
    const counted = replica.port > 0 ? await fetchCounters(replica, this.accessToken).catch(() => null) : null;
    if (counted) this.last.set(replica, counted);
    const known = counted ?? this.last.get(replica) ?? noCounters();
    const kernel = replica.pid === undefined ? null : readProcess(replica.pid);
    return {
      ...identity(deployment, at), revision: replica.revision, replica: replica.id, state: replica.state, ...known,
      ...(kernel ? { cpuSeconds: kernel.cpuSeconds, rssBytes: kernel.rssBytes } : {}),
    };
  }

  private async flush(): Promise<void> {
    if (this.posting) return;
    this.posting = true;
    try {
      for (let batch = this.waiting[0]; batch; batch = this.waiting[0]) {
        await this.post(batch);
        if (this.waiting[0] === batch) this.waiting.shift();
      }
    } catch (e) {
      this.onError(e);
    } finally {
      this.posting = false;
    }
  }
}

const identity = (d: LocalDeployment, at: string) => ({ at, deploymentId: d.spec.ref.id, project: d.spec.ref.project, deployment: d.spec.ref.deployment });

function noCounters(): ReplicaCounters {
  const none = () => emptyHistogram(DURATION_BUCKET_COUNT);
  return { requestsByCode: {}, errorsByCause: {}, latency: none(), queue: none(), compute: none(), cpuSeconds: 0, rssBytes: 0, queueDepth: 0, inFlight: 0 };
}

async function fetchCounters(replica: Replica, accessToken: string): Promise<ReplicaCounters> {
  const { status, text } = await replica.connections.ask("/internal/sample", [ACCESS_HEADER, accessToken], TIMEOUT_MS);
  if (status !== 200) throw new Error(`the sample answered ${status}`);
  return JSON.parse(text) as ReplicaCounters;
}
