import { NO_TOKENS, type Dialect } from "@/lib/observability/promql/dialect";

const OK = "nv_inference_request_success";
const FAILED = "nv_inference_request_failure";
// Started with --metrics-config=histogram_latencies=true (lib/serving/triton.ts); in milliseconds, to the first answer.
const BUCKET = "nv_inference_first_response_histogram_ms_bucket";

/** Triton 26.07. Durations are counters in microseconds beside one histogram. */
export const triton: Dialect = {
  title: "NVIDIA Triton",
  measures: (q) => {
    const all = q.plus(q.sumRate(OK), q.sumRate(FAILED));
    const mean = { absent: "Triton keeps this time as a counter: a mean, and no percentiles." };
    return {
      requestsPerSecond: all,
      p50: q.quantile(0.5, BUCKET, "", 0.001), p95: q.quantile(0.95, BUCKET, "", 0.001), p99: q.quantile(0.99, BUCKET, "", 0.001),
      mean: `${q.sumRate("nv_inference_request_duration_us")} / ${q.sumRate(OK)} / 1e6`,
      queueP95: mean, computeP50: mean, computeP95: mean,
      errorRate: q.share(q.sumRate(FAILED), all),
      queue: q.sum(q.value("nv_inference_pending_request_count")), ...NO_TOKENS,
    };
  },
  errorsByCause: (q) => ({ expression: q.sumRate(FAILED, "", "reason"), label: "reason" }),
};
