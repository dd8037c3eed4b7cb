import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { DURATION_BUCKETS_SECONDS } from "@/lib/observability/buckets";
import { ERROR_CAUSES, type DurationHistogram, type ErrorCause, type ReplicaCounters } from "@/lib/observability/sample";

export type Gauges = { queueDepth: () => number; inFlight: () => number };

const EXPECTED_CODES = ["200", "400", "500", "503"];

/** The numbers of one replica: counted once, told twice (Prometheus text, and JSON for the gateway's sampler). */
export class Metrics {
  private readonly registry = new Registry();
  private readonly requests: Counter<"code">;
  private readonly errors: Counter<"cause">;
  private readonly latency: Histogram;
  private readonly queue: Histogram;
  private readonly compute: Histogram;

  constructor(labels: Record<string, string>, private readonly gauges: Gauges) {
    this.registry.setDefaultLabels(labels);
    const registers = [this.registry];
    const buckets = [...DURATION_BUCKETS_SECONDS];
    this.requests = new Counter({ name: "slipway_requests_total", help: "Inference requests answered, by HTTP status code", labelNames: ["code"], registers });
    this.errors = new Counter({ name: "slipway_errors_total", help: "Inference requests without a prediction, by cause", labelNames: ["cause"], registers });
    // A rate knows nothing of what was counted before a series was first scraped: each begins at zero, so that the first failure counts.
    for (const code of EXPECTED_CODES) this.requests.inc({ code }, 0);
    for (const cause of ERROR_CAUSES) if (cause !== "stopped") this.errors.inc({ cause }, 0);
    this.latency = new Histogram({ name: "slipway_request_duration_seconds", help: "Whole time of an answered inference request in the server", buckets, registers });
    this.queue = new Histogram({ name: "slipway_queue_duration_seconds", help: "Time a request waited for the session", buckets, registers });
    this.compute = new Histogram({ name: "slipway_compute_duration_seconds", help: "Time inside the session", buckets, registers });
    const gauge = (name: string, help: string, read: () => number) => new Gauge({ name, help, registers, collect() { this.set(read()); } });
    gauge("slipway_queue_depth", "Requests waiting for the session", gauges.queueDepth);
    gauge("slipway_in_flight", "Inference requests in the server, the waiting ones included", gauges.inFlight);
    gauge("process_resident_memory_bytes", "Resident memory of the replica", () => process.memoryUsage.rss());
    const cpu: Counter = new Counter({
      name: "process_cpu_seconds_total", help: "CPU time of the replica, user and system", registers,
      collect() { this.reset(); this.inc(cpuSeconds()); },
    });
    void cpu;
  }

  answered(code: number, seconds: number): void {
    this.requests.inc({ code: String(code) });
    this.latency.observe(seconds);
  }

  failed(cause: ErrorCause): void {
    this.errors.inc({ cause });
  }

  ran(queueSeconds: number, computeSeconds: number): void {
    this.queue.observe(queueSeconds);
    this.compute.observe(computeSeconds);
  }

  /** Prometheus text exposition format. */
  text(): Promise<string> {
    return this.registry.metrics();
  }

  async counters(): Promise<ReplicaCounters> {
    const byLabel = async (counter: Counter<string>, label: string) =>
      Object.fromEntries((await counter.get()).values.filter((v) => v.value > 0).map((v) => [String(v.labels[label]), v.value]));
    return {
      requestsByCode: await byLabel(this.requests, "code"),
      errorsByCause: await byLabel(this.errors, "cause"),
      latency: await histogram(this.latency),
      queue: await histogram(this.queue),
      compute: await histogram(this.compute),
      cpuSeconds: cpuSeconds(),
      rssBytes: process.memoryUsage.rss(),
      queueDepth: this.gauges.queueDepth(),
      inFlight: this.gauges.inFlight(),
    };
  }
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Prometheus' buckets are cumulative across bounds, a sample's are not. */
async function histogram(source: Histogram): Promise<DurationHistogram> {
  const { values } = await source.get();
  const cumulative = values.filter((v) => v.metricName?.endsWith("_bucket")).map((v) => v.value);
  const one = (suffix: string) => values.find((v) => v.metricName?.endsWith(suffix))?.value ?? 0;
  return { buckets: cumulative.map((v, i) => v - (cumulative[i - 1] ?? 0)), sum: one("_sum"), count: one("_count") };
}
