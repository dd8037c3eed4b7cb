import { createHash } from "node:crypto";
import { countSourceFailure } from "@/lib/health/loop-metrics";
import { guardedFetch, readBody } from "@/lib/net/guarded-fetch";
import { whyNoMetricsSource } from "@/lib/net/vet-source-address";
import { readDatadogAnswer, type DatadogAnswer } from "@/lib/observability/datadog/read-answer";
import { datadogApi } from "@/lib/observability/datadog/sites";
import type { DatadogConfig } from "@/lib/observability/sources/schema";
import { traced } from "@/lib/tracing/traced";
import { ANSWER, inWords, SOURCE_RULE, UselessAnswer } from "@/lib/observability/useless-answer";

/** `secret`: the two keys, as JSON. */
export type DatadogConnection = { config: DatadogConfig; secret: string | null };
export type Stretch = { fromSeconds: number; toSeconds: number; bucketSeconds: number };
/** Several queries in one request, each by its name. Throws UselessAnswer in words, for everything that can go wrong. */
export type AskDatadog = (queries: Readonly<Record<string, string>>, stretch: Stretch) => Promise<DatadogAnswer>;

/** Datadog counts requests of the whole organisation. Who asks the same within this time has the answer of the first. */
const SAME_ANSWER_MS = 15_000;
const MOST_KEPT = 200;
const LONGEST_PAUSE_SECONDS = 3600;

/** What was asked lately, and until when a source may not be asked. Keys hold a hash of address and keys: one account's answer is never another's. */
const kept = new Map<string, { until: number; answer: Promise<DatadogAnswer> }>();
const pausedUntil = new Map<string, number>();

/** `anew`: whoever wants to know how it is now has no answer that was kept. */
export function askDatadog({ config, secret }: DatadogConnection, clock: () => number = Date.now, { anew = false } = {}): AskDatadog {
  const { apiKey, applicationKey } = JSON.parse(secret ?? "{}") as { apiKey?: string; applicationKey?: string };
  const base = datadogApi(config);
  const account = createHash("sha256").update(JSON.stringify([base, apiKey, applicationKey])).digest("base64url");
  const send = (body: string, names: string[]): Promise<DatadogAnswer> => traced({ name: "datadog query", kind: "client", attributes: { "server.address": new URL(base).hostname } }, async () => {
    try {
      const answer = await guardedFetch(`${base}/api/v2/query/timeseries`, {
        method: "POST", body, headers: { "content-type": "application/json", accept: "application/json", "dd-api-key": apiKey ?? "", "dd-application-key": applicationKey ?? "" },
        maxRedirects: 0, maxBytes: ANSWER.maxBytes, timeoutMs: ANSWER.timeoutMs, signal: AbortSignal.timeout(ANSWER.timeoutMs), allow: { check: whyNoMetricsSource, rule: SOURCE_RULE },
      });
      const reset = answer.headers["x-ratelimit-reset"];
      if (answer.status === 429) pausedUntil.set(account, clock() + Math.min(LONGEST_PAUSE_SECONDS, Number(reset) > 0 ? Number(reset) : 60) * 1000);
      return readDatadogAnswer(answer.status, answer.headers["content-type"] ?? "", (await readBody(answer)).toString("utf8"), names, reset);
    } catch (error) {
      countSourceFailure("datadog");
      throw inWords(error);
    }
  });
  return async (queries, { fromSeconds, toSeconds, bucketSeconds }) => {
    const names = Object.keys(queries);
    const body = JSON.stringify({ data: { type: "timeseries_request", attributes: {
      from: fromSeconds * 1000, to: toSeconds * 1000, interval: bucketSeconds * 1000,
      queries: names.map((name) => ({ name, data_source: "metrics", query: queries[name] })), formulas: names.map((formula) => ({ formula })),
    } } });
    const now = clock();
    const pause = (pausedUntil.get(account) ?? 0) - now;
    if (pause > 0) throw new UselessAnswer(`Datadog answers no more queries for now; it is asked again in ${Math.ceil(pause / 1000)} s. Its limit is for the whole organisation, and can be raised by Datadog.`);
    if (anew) return send(body, names);
    const key = `${account} ${body}`;
    const before = kept.get(key);
    if (before && before.until > now) return before.answer;
    for (const [k, v] of kept) if (v.until <= now || kept.size >= MOST_KEPT) kept.delete(k);
    const answer = send(body, names);
    kept.set(key, { until: now + SAME_ANSWER_MS, answer });
    // A failure is not kept: whoever asks next asks anew.
    answer.catch(() => kept.delete(key));
    return answer;
  };
}
