import { FAILURE_CAUSES } from "@/lib/observability/series";
import { NO_TOKENS, type Dialect } from "@/lib/observability/promql/dialect";

const LATENCY = "slipway_request_duration_seconds";
const failures = `cause=~"${FAILURE_CAUSES.join("|")}"`;

/** services/model-server/metrics.ts. */
export const slipway: Dialect = {
  title: "Slipway model server",
  measures: (q) => {
    const all = q.sumRate("slipway_requests_total");
    return {
      requestsPerSecond: all,
      p50: q.quantile(0.5, `${LATENCY}_bucket`), p95: q.quantile(0.95, `${LATENCY}_bucket`), p99: q.quantile(0.99, `${LATENCY}_bucket`),
      mean: `${q.sumRate(`${LATENCY}_sum`)} / ${q.sumRate(`${LATENCY}_count`)}`,
      queueP95: q.quantile(0.95, "slipway_queue_duration_seconds_bucket"),
      computeP50: q.quantile(0.5, "slipway_compute_duration_seconds_bucket"), computeP95: q.quantile(0.95, "slipway_compute_duration_seconds_bucket"),
      errorRate: q.share(q.sumRate("slipway_errors_total", failures), all),
      queue: q.sum(q.value("slipway_queue_depth")), ...NO_TOKENS,
    };
  },
  errorsByCause: (q) => ({ expression: q.sumRate("slipway_errors_total", "", "cause"), label: "cause" }),
};
