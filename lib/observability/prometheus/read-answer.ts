import { plainWords, UselessAnswer } from "@/lib/observability/useless-answer";

/** Expressions are sums: an answer with more series than this is not to the question. */
export const MOST_SERIES = 100;

export type PromSeries = { labels: Record<string, string>; points: [number, number | null][] };
export type PromAnswer = { series: PromSeries[]; /** What the source warns of: a part is missing. */ warnings: string[] };

/** Pure: an answer of /api/v1/query or query_range. What is no number (NaN, infinities) is null. */
export function readAnswer(status: number, contentType: string, body: string, mostSeries = MOST_SERIES): PromAnswer {
  if (status >= 300 && status < 400) throw new UselessAnswer(`It redirects (HTTP ${status}): usually to a sign-in page. Give the address of the API itself, and a way of signing in.`);
  if (status === 401 || status === 403) throw new UselessAnswer(`It refuses the credentials (HTTP ${status}).`);
  const parsed = parse(body);
  if (parsed === null) {
    const html = /html/i.test(contentType) || /^\s*</.test(body);
    throw new UselessAnswer(`It answered ${html ? "with a web page" : "with something that is not JSON"} (HTTP ${status}). Is this the address of the Prometheus API?`);
  }
  if (parsed.status !== "success") throw new UselessAnswer(`It answered HTTP ${status}${typeof parsed.error === "string" ? `: ${plainWords(parsed.error)}` : ""}.`);
  const data = parsed.data as { resultType?: unknown; result?: unknown } | undefined;
  if ((data?.resultType !== "matrix" && data?.resultType !== "vector") || !Array.isArray(data.result)) throw new UselessAnswer("Its answer is not that of a Prometheus API.");
  if (data.result.length > mostSeries) throw new UselessAnswer(`It answered with ${data.result.length} series where a few were asked for.`);
  return { series: data.result.map(readSeries), warnings: Array.isArray(parsed.warnings) ? parsed.warnings.map((w) => plainWords(w)) : [] };
}

function parse(body: string): { status?: unknown; error?: unknown; data?: unknown; warnings?: unknown } | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? value : null;
  } catch {
    return null;
  }
}

function readSeries(raw: unknown): PromSeries {
  const { metric, values, value } = (raw ?? {}) as { metric?: Record<string, unknown>; values?: unknown; value?: unknown };
  const points = Array.isArray(values) ? values : value === undefined ? [] : [value];
  return {
    labels: Object.fromEntries(Object.entries(metric ?? {}).map(([name, text]) => [name, plainWords(text, 63)])),
    points: points.flatMap((p): [number, number | null][] => (Array.isArray(p) && Number.isFinite(p[0]) ? [[p[0] as number, number(p[1])]] : [])),
  };
}

const number = (text: unknown): number | null => {
  const value = typeof text === "string" && text !== "" ? Number(text) : NaN;
  return Number.isFinite(value) ? value : null;
};
