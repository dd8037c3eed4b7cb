import type { Dialect } from "@/lib/observability/promql/dialect";

const E2E = "vllm:e2e_request_latency_seconds";
const TTFT = "vllm:time_to_first_token_seconds_bucket";
const API = 'handler=~"/v1/.*"';
const HTTP = "http_requests_total";

/** vLLM: percentiles of whole answers, so they grow with their length; the time to the first token does not. */
export const vllm: Dialect = {
  title: "vLLM",
  measures: (q) => ({
    requestsPerSecond: q.sumRate("vllm:request_success_total"),
    p50: q.quantile(0.5, `${E2E}_bucket`), p95: q.quantile(0.95, `${E2E}_bucket`), p99: q.quantile(0.99, `${E2E}_bucket`),
    mean: `${q.sumRate(`${E2E}_sum`)} / ${q.sumRate(`${E2E}_count`)}`,
    queueP95: q.quantile(0.95, "vllm:request_queue_time_seconds_bucket"),
    computeP50: q.quantile(0.5, "vllm:request_inference_time_seconds_bucket"), computeP95: q.quantile(0.95, "vllm:request_inference_time_seconds_bucket"),
    errorRate: q.share(q.sumRate(HTTP, `${API},status=~"5.."`), q.sumRate(HTTP, API)),
    queue: q.sum(q.value("vllm:num_requests_waiting")),
    tokensPerSecond: q.sumRate("vllm:generation_tokens_total"), ttftP50: q.quantile(0.5, TTFT), ttftP95: q.quantile(0.95, TTFT),
  }),
  errorsByCause: (q) => ({ expression: q.sumRate(HTTP, `${API},status=~"[45].."`, "status"), label: "status" }),
};
