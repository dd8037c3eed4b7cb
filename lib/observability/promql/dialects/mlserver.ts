import { NO_TOKENS, type Dialect } from "@/lib/observability/promql/dialect";

/** The histogram of its HTTP layer; the name differs between releases. */
const durations = (suffix: string) => `{__name__=~"rest_server_requests?_duration_seconds_${suffix}"}`;
const MODELS = 'path=~"/v2/models/.*"';
const OK = "model_infer_request_success_total";
const FAILED = "model_infer_request_failure_total";

/** MLServer 1.7: its own duration is a summary without quantiles, so those come from the HTTP layer. */
export const mlserver: Dialect = {
  title: "MLServer",
  measures: (q) => {
    const all = q.plus(q.sumRate(OK), q.sumRate(FAILED));
    return {
      requestsPerSecond: all,
      p50: q.quantile(0.5, durations("bucket"), MODELS), p95: q.quantile(0.95, durations("bucket"), MODELS), p99: q.quantile(0.99, durations("bucket"), MODELS),
      mean: `${q.sumRate("model_infer_request_duration_sum")} / ${q.sumRate("model_infer_request_duration_count")}`,
      queueP95: { absent: "MLServer measures no waiting time." },
      computeP50: { absent: "MLServer keeps the model's own time as a mean only." }, computeP95: { absent: "MLServer keeps the model's own time as a mean only." },
      errorRate: q.share(q.sumRate(FAILED), all),
      queue: { absent: "MLServer's queues are histograms of sizes, not a number that waits now." }, ...NO_TOKENS,
    };
  },
  errorsByCause: (q) => ({ expression: q.sumRate("rest_server_requests_total", `${MODELS},status_code=~"[45].."`, "status_code"), label: "status_code" }),
};
