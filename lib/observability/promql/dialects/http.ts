import { NO_TOKENS, type Dialect } from "@/lib/observability/promql/dialect";

const SERVED = 'handler!~"/(metrics|health.*|livez|readyz|ping|version|load)"';
const TOTAL = "http_requests_total";
const LATENCY = "http_request_duration_highr_seconds";
const OWN_SERVER = "A server of your own says only what it exposes: prometheus-fastapi-instrumentator, or the same names.";

/** An image of the user's own: the names of prometheus-fastapi-instrumentator. Its fine histogram has no path, so probes are in it. */
export const http: Dialect = {
  title: "HTTP server",
  measures: (q) => ({
    requestsPerSecond: q.sumRate(TOTAL, SERVED),
    p50: q.quantile(0.5, `${LATENCY}_bucket`), p95: q.quantile(0.95, `${LATENCY}_bucket`), p99: q.quantile(0.99, `${LATENCY}_bucket`),
    mean: `${q.sumRate(`${LATENCY}_sum`)} / ${q.sumRate(`${LATENCY}_count`)}`,
    queueP95: { absent: OWN_SERVER }, computeP50: { absent: OWN_SERVER }, computeP95: { absent: OWN_SERVER }, queue: { absent: OWN_SERVER },
    errorRate: q.share(q.sumRate(TOTAL, `${SERVED},status=~"5.."`), q.sumRate(TOTAL, SERVED)), ...NO_TOKENS,
  }),
  errorsByCause: (q) => ({ expression: q.sumRate(TOTAL, `${SERVED},status=~"[45].."`, "status"), label: "status" }),
};
