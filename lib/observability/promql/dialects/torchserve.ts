import { NO_TOKENS, type Dialect } from "@/lib/observability/promql/dialect";

const ONLY_MEAN = "TorchServe keeps latency as a counter: a mean, and no percentiles.";
const codes = ["2XX", "4XX", "5XX"] as const;

/** TorchServe 0.12, the last one. */
export const torchserve: Dialect = {
  title: "TorchServe",
  measures: (q) => {
    const requests = q.sumRate("ts_inference_requests_total");
    const answered = q.sumRate(`{__name__=~"Requests(${codes.join("|")})(_total)?"}`);
    return {
      requestsPerSecond: requests, p50: { absent: ONLY_MEAN }, p95: { absent: ONLY_MEAN }, p99: { absent: ONLY_MEAN },
      mean: `${q.sumRate("ts_inference_latency_microseconds")} / ${requests} / 1e6`,
      queueP95: { absent: "TorchServe keeps the waiting time as a counter: a mean, and no percentiles." },
      computeP50: { absent: ONLY_MEAN }, computeP95: { absent: ONLY_MEAN },
      errorRate: q.share(q.sumRate('{__name__=~"Requests5XX(_total)?"}'), answered),
      queue: { absent: "TorchServe does not tell how many requests wait." }, ...NO_TOKENS,
    };
  },
  errorsByCause: (q) => ({ expression: q.sumRate('{__name__=~"Requests[45]XX(_total)?"}', "", "__name__"), label: "__name__" }),
};
