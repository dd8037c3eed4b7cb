import { NO_TOKENS, type Dialect } from "@/lib/observability/promql/dialect";

const PROBES = '"/(metrics|health.*|livez|readyz|ping|version|load)"';
// One labels its routes `handler`, the other `path`; a label that is not there is no probe.
const SERVED = `handler!~${PROBES},path!~${PROBES}`;
const TOTAL = '{__name__=~"http_requests_total|flask_http_request_duration_seconds_count"}';
const LATENCY = (part: string) => `{__name__=~"(http_request_duration_highr|flask_http_request_duration)_seconds_${part}"}`;
const OWN_SERVER = "A server of your own says only what it exposes: the metrics of prometheus-fastapi-instrumentator or prometheus-flask-exporter, or the same names.";

/** An image of the user's own: the names of prometheus-fastapi-instrumentator (whose fine histogram has no path, so that probes are in it) and of prometheus-flask-exporter. */
export const http: Dialect = {
  title: "HTTP server",
  measures: (q) => ({
    requestsPerSecond: q.sumRate(TOTAL, SERVED),
    p50: q.quantile(0.5, LATENCY("bucket"), SERVED), p95: q.quantile(0.95, LATENCY("bucket"), SERVED), p99: q.quantile(0.99, LATENCY("bucket"), SERVED),
    mean: `${q.sumRate(LATENCY("sum"), SERVED)} / ${q.sumRate(LATENCY("count"), SERVED)}`,
    queueP95: { absent: OWN_SERVER }, computeP50: { absent: OWN_SERVER }, computeP95: { absent: OWN_SERVER }, queue: { absent: OWN_SERVER },
    errorRate: q.share(q.sumRate(TOTAL, `${SERVED},status=~"5.."`), q.sumRate(TOTAL, SERVED)), ...NO_TOKENS,
  }),
  errorsByCause: (q) => ({ expression: q.sumRate(TOTAL, `${SERVED},status=~"[45].."`, "status"), label: "status" }),
};
