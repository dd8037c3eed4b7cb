import { NO_TOKENS, type Dialect } from "@/lib/observability/promql/dialect";

const SERVED = 'endpoint!~"/(livez|readyz|healthz|metrics)"';
const BUCKET = "bentoml_service_request_duration_seconds_bucket";
const TOTAL = "bentoml_service_request_total";

/** BentoML 1.4: probes are counted with the rest, so they are left out by name. */
export const bentoml: Dialect = {
  title: "BentoML",
  measures: (q) => ({
    requestsPerSecond: q.sumRate(TOTAL, SERVED),
    p50: q.quantile(0.5, BUCKET, SERVED), p95: q.quantile(0.95, BUCKET, SERVED), p99: q.quantile(0.99, BUCKET, SERVED),
    mean: `${q.sumRate("bentoml_service_request_duration_seconds_sum", SERVED)} / ${q.sumRate("bentoml_service_request_duration_seconds_count", SERVED)}`,
    queueP95: { absent: "BentoML does not measure the time a request waits." },
    computeP50: { absent: "BentoML measures whole requests, not the model's own time." }, computeP95: { absent: "BentoML measures whole requests, not the model's own time." },
    errorRate: q.share(q.sumRate(TOTAL, `${SERVED},http_response_code=~"5.."`), q.sumRate(TOTAL, SERVED)),
    queue: { absent: "BentoML counts requests in progress, not those that wait." }, ...NO_TOKENS,
  }),
  errorsByCause: (q) => ({ expression: q.sumRate(TOTAL, `${SERVED},http_response_code=~"[45].."`, "http_response_code"), label: "http_response_code" }),
};
