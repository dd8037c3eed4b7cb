import { FAILURE_CAUSES } from "@/lib/observability/series";
import type { ServingRuntime } from "@/lib/serving/serving-runtime";

/** A counter as the agent sends it (`sum`: of a histogram or a summary), and conditions on its tags. */
export type Counted = { metric: string; part?: "count" | "sum"; where?: readonly string[] };
/** A histogram; `unit`: seconds in one of its units. */
export type Timed = Counted & { unit?: number };

/** How a model server's metrics are read back from Datadog. What is null the server does not expose: lib/observability/promql/dialects says why. */
export type DatadogServer = {
  /** Names of /metrics that the agent fetches, counters without `_total`, and what each is sent as below `slipway.`: nothing more, as each is billed. */
  fetch: Readonly<Record<string, string>>;
  requests: readonly Counted[]; failed: readonly Counted[]; /** What failures are a share of; left out: the requests. */ of?: readonly Counted[];
  causes: { of: Counted; by: string } | { named: Readonly<Record<string, Counted>> };
  latency: Timed | null; /** Where the mean is not of that histogram. */ mean?: { sum: Counted; count: Counted; unit?: number };
  waiting: Timed | null; compute: Timed | null; ttft: Timed | null; queue: string | null; tokens: Counted | null;
};

const asTheyAre = (...names: string[]): Record<string, string> => Object.fromEntries(names.map((n) => [n, n]));
const NO_MORE = { waiting: null, compute: null, ttft: null, queue: null, tokens: null } as const;
const PROBES = "(/livez,/readyz,/healthz,/health,/metrics,/ping,/version,/load)";
const answered = { metric: "bentoml_service_request", where: [`NOT endpoint IN ${PROBES}`] };
const http = { metric: "http_requests", where: [`NOT handler IN ${PROBES}`] };
// prometheus-flask-exporter counts in its histogram alone, by path; the fine histogram of the other has no path.
const flask = { metric: "http_duration_seconds", where: ["path:*", `NOT path IN ${PROBES}`] };
const and = (c: Counted, ...where: string[]): Counted => ({ ...c, where: [...(c.where ?? []), ...where] });

/** One a dialect: one without does not compile. */
export const DATADOG_SERVERS: Record<ServingRuntime["dialect"], DatadogServer> = {
  slipway: {
    fetch: asTheyAre("slipway_requests", "slipway_errors", "slipway_request_duration_seconds", "slipway_queue_duration_seconds", "slipway_compute_duration_seconds", "slipway_queue_depth"),
    requests: [{ metric: "slipway_requests" }], failed: [{ metric: "slipway_errors", where: [`cause IN (${FAILURE_CAUSES.join(",")})`] }], causes: { of: { metric: "slipway_errors" }, by: "cause" },
    latency: { metric: "slipway_request_duration_seconds" }, waiting: { metric: "slipway_queue_duration_seconds" }, compute: { metric: "slipway_compute_duration_seconds" }, ttft: null, queue: "slipway_queue_depth", tokens: null,
  },
  triton: {
    fetch: asTheyAre("nv_inference_request_success", "nv_inference_request_failure", "nv_inference_first_response_histogram_ms", "nv_inference_request_duration_us", "nv_inference_pending_request_count"),
    requests: [{ metric: "nv_inference_request_success" }, { metric: "nv_inference_request_failure" }], failed: [{ metric: "nv_inference_request_failure" }], causes: { of: { metric: "nv_inference_request_failure" }, by: "reason" },
    latency: { metric: "nv_inference_first_response_histogram_ms", unit: 0.001 }, mean: { sum: { metric: "nv_inference_request_duration_us" }, count: { metric: "nv_inference_request_success" }, unit: 1e-6 },
    ...NO_MORE, queue: "nv_inference_pending_request_count",
  },
  vllm: {
    // Datadog knows no colon in a name.
    fetch: Object.fromEntries([...["request_success", "e2e_request_latency_seconds", "time_to_first_token_seconds", "request_queue_time_seconds", "request_inference_time_seconds", "num_requests_waiting", "generation_tokens"].map((n) => [`vllm:${n}`, `vllm_${n}`]), ["http_requests", "http_requests"]]),
    requests: [{ metric: "vllm_request_success" }], failed: [{ metric: "http_requests", where: ["handler:/v1/*", "status:5*"] }], of: [{ metric: "http_requests", where: ["handler:/v1/*"] }],
    causes: { of: { metric: "http_requests", where: ["handler:/v1/*", "status IN (4*,5*)"] }, by: "status" },
    latency: { metric: "vllm_e2e_request_latency_seconds" }, waiting: { metric: "vllm_request_queue_time_seconds" }, compute: { metric: "vllm_request_inference_time_seconds" }, ttft: { metric: "vllm_time_to_first_token_seconds" },
    queue: "vllm_num_requests_waiting", tokens: { metric: "vllm_generation_tokens" },
  },
  mlserver: {
    // The histogram's name differs between releases.
    fetch: { ...asTheyAre("model_infer_request_success", "model_infer_request_failure", "model_infer_request_duration", "rest_server_requests"), rest_server_request_duration_seconds: "rest_server_duration_seconds", rest_server_requests_duration_seconds: "rest_server_duration_seconds" },
    requests: [{ metric: "model_infer_request_success" }, { metric: "model_infer_request_failure" }], failed: [{ metric: "model_infer_request_failure" }], causes: { of: { metric: "rest_server_requests", where: ["path:/v2/models/*", "status_code IN (4*,5*)"] }, by: "status_code" },
    latency: { metric: "rest_server_duration_seconds", where: ["path:/v2/models/*"] }, mean: { sum: { metric: "model_infer_request_duration", part: "sum" }, count: { metric: "model_infer_request_duration" } }, ...NO_MORE,
  },
  torchserve: {
    fetch: { ...asTheyAre("ts_inference_requests", "ts_inference_latency_microseconds"), Requests2XX: "torchserve_requests_2xx", Requests4XX: "torchserve_requests_4xx", Requests5XX: "torchserve_requests_5xx" },
    requests: [{ metric: "ts_inference_requests" }], failed: [{ metric: "torchserve_requests_5xx" }], of: ["2xx", "4xx", "5xx"].map((code) => ({ metric: `torchserve_requests_${code}` })),
    causes: { named: { "4XX": { metric: "torchserve_requests_4xx" }, "5XX": { metric: "torchserve_requests_5xx" } } },
    latency: null, mean: { sum: { metric: "ts_inference_latency_microseconds" }, count: { metric: "ts_inference_requests" }, unit: 1e-6 }, ...NO_MORE,
  },
  bentoml: {
    fetch: asTheyAre("bentoml_service_request", "bentoml_service_request_duration_seconds"),
    requests: [answered], failed: [and(answered, "http_response_code:5*")], causes: { of: and(answered, "http_response_code IN (4*,5*)"), by: "http_response_code" },
    latency: { metric: "bentoml_service_request_duration_seconds", where: answered.where }, ...NO_MORE,
  },
  http: {
    fetch: { ...asTheyAre("http_requests"), http_request_duration_highr_seconds: "http_duration_seconds", flask_http_request_duration_seconds: "http_duration_seconds" },
    requests: [http, flask], failed: [and(http, "status:5*"), and(flask, "status:5*")], causes: { of: and(http, "status IN (4*,5*)"), by: "status" },
    latency: { metric: "http_duration_seconds", where: [`NOT path IN ${PROBES}`] }, ...NO_MORE,
  },
};
