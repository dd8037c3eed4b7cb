import { SignatureV4 } from "@smithy/signature-v4";
import { countSourceFailure } from "@/lib/health/loop-metrics";
import { guardedFetch, readBody } from "@/lib/net/guarded-fetch";
import { whyNoMetricsSource } from "@/lib/net/vet-source-address";
import { readAnswer, type PromAnswer } from "@/lib/observability/prometheus/read-answer";
import type { PrometheusConfig } from "@/lib/observability/sources/schema";
import { ANSWER, inWords, SOURCE_RULE } from "@/lib/observability/useless-answer";
import { awsCredentials } from "@/lib/targets/eks/credentials";
import { traced } from "@/lib/tracing/traced";
import { Sha256 } from "@/lib/targets/eks/sha256";

export type PrometheusConnection = { config: PrometheusConfig; secret: string | null };
export type Ask = (path: "query" | "query_range", form: Record<string, string>, /** Series an answer may have; more are not to the question. */ mostSeries?: number) => Promise<PromAnswer>;

const AT_ONCE = 6;

/**
 * Asks one source, a few queries at a time. Every connection is vetted, redirects are never followed (a secret is not carried on), and an
 * answer is bounded in time and size. Throws UselessAnswer in words, for everything that can go wrong.
 */
export function askOf({ config, secret }: PrometheusConnection): Ask {
  const base = new URL(config.url);
  const credentials = config.auth.type === "sigv4" ? awsCredentials(config.auth.region, config.auth.roleArn ? { roleArn: config.auth.roleArn, externalId: config.auth.externalId ?? null } : null) : null;
  const limited = limit(AT_ONCE);
  const headersFor = async (path: string, body: string): Promise<Record<string, string>> => {
    const headers: Record<string, string> = { "content-type": "application/x-www-form-urlencoded", accept: "application/json", ...(config.tenant ? { "x-scope-orgid": config.tenant } : {}) };
    if (config.auth.type === "bearer") return { ...headers, authorization: `Bearer ${secret ?? ""}` };
    if (config.auth.type === "basic") return { ...headers, authorization: `Basic ${Buffer.from(`${config.auth.user}:${secret ?? ""}`, "utf8").toString("base64")}` };
    if (config.auth.type !== "sigv4" || !credentials) return headers;
    const signer = new SignatureV4({ service: "aps", region: config.auth.region, credentials, sha256: Sha256 });
    const signed = await signer.sign({ method: "POST", protocol: base.protocol, hostname: base.hostname, path, headers: { ...headers, host: base.host }, body });
    return Object.fromEntries(Object.entries(signed.headers).filter(([name]) => name !== "host"));
  };
  return (path, form, mostSeries) => limited(() => traced({ name: `prometheus ${path}`, kind: "client", attributes: { "server.address": base.hostname } }, async () => {
    const body = new URLSearchParams(form).toString();
    const url = `${config.url}/api/v1/${path}`;
    try {
      const headers = await headersFor(new URL(url).pathname, body);
      const answer = await guardedFetch(url, {
        method: "POST", headers, body, maxRedirects: 0, maxBytes: ANSWER.maxBytes, timeoutMs: ANSWER.timeoutMs, signal: AbortSignal.timeout(ANSWER.timeoutMs), allow: { check: whyNoMetricsSource, rule: SOURCE_RULE },
        ...(config.caPem || config.tlsServerName ? { tls: { ...(config.caPem ? { ca: config.caPem } : {}), ...(config.tlsServerName ? { servername: config.tlsServerName } : {}) } } : {}),
      });
      return readAnswer(answer.status, answer.headers["content-type"] ?? "", (await readBody(answer)).toString("utf8"), mostSeries);
    } catch (error) {
      countSourceFailure("prometheus");
      throw inWords(error);
    }
  }));
}

/** Runs at most `most` at once, in order. */
function limit(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= most) await new Promise<void>((go) => waiting.push(go));
    running += 1;
    try {
      return await work();
    } finally {
      running -= 1;
      waiting.shift()?.();
    }
  };
}
