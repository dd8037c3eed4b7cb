import { DURATION_BUCKET_COUNT } from "@/lib/observability/buckets";
import { emptyHistogram, type ErrorCause, type ReplicaCounters } from "@/lib/observability/sample";

/** What happened at the gateway and never reached, or never came back from, a replica: cumulative, for one deployment. */
export class GatewayCounters {
  private readonly codes: Record<string, number> = {};
  private readonly causes: Partial<Record<ErrorCause, number>> = {};

  count(code: number, cause: ErrorCause): void {
    this.codes[code] = (this.codes[code] ?? 0) + 1;
    this.causes[cause] = (this.causes[cause] ?? 0) + 1;
  }

  /**
   * A request to a deployment that somebody stopped: seen among the errors, and no request of it. So it is in no share, no budget and no price,
   * whoever adds them up.
   */
  countStopped(): void {
    this.causes.stopped = (this.causes.stopped ?? 0) + 1;
  }

  get any(): boolean {
    return Object.keys(this.causes).length > 0;
  }

  counters(): ReplicaCounters {
    const none = () => emptyHistogram(DURATION_BUCKET_COUNT);
    return { requestsByCode: { ...this.codes }, errorsByCause: { ...this.causes }, latency: none(), queue: none(), compute: none(), cpuSeconds: 0, rssBytes: 0, queueDepth: 0, inFlight: 0 };
  }
}
