import { plainWords, UselessAnswer } from "@/lib/observability/useless-answer";

export type DatadogSeries = { tags: Record<string, string>; values: (number | null)[] };
export type DatadogAnswer = { /** Starts of the buckets, Unix seconds. */ at: number[]; series: Map<string, DatadogSeries[]>; /** What Datadog says is missing of it. */ partial: string | null };

/** Series are told apart by buckets of histograms, and by deployments for a fleet: an answer with more than this is not to the question. */
const MOST_SERIES = 20_000;

/** Pure: an answer of POST /api/v2/query/timeseries to these queries, by their names. `reset`: the header that says when it may be asked again. */
export function readDatadogAnswer(status: number, contentType: string, body: string, names: readonly string[], reset?: string): DatadogAnswer {
  if (status >= 300 && status < 400) throw new UselessAnswer(`Datadog redirects (HTTP ${status}). Look at the site, or at the address given in its place.`);
  if (status === 401 || status === 403) throw new UselessAnswer(`Datadog refuses the keys (HTTP ${status}). Look at the API key, at the application key and its scope timeseries_query, and at the site: each knows its own keys alone.`);
  if (status === 429) throw new UselessAnswer(`Datadog answers no more queries for now (HTTP 429)${/^\d{1,6}$/.test(reset ?? "") ? `; it does again in ${reset} s` : ""}. Its limit is for the whole organisation, and can be raised by Datadog.`);
  const parsed = parse(body);
  if (parsed === null) {
    const html = /html/i.test(contentType) || /^\s*</.test(body);
    throw new UselessAnswer(`Datadog answered ${html ? "with a web page" : "with something that is not JSON"} (HTTP ${status}). Is this the address of its API?`);
  }
  const errors = typeof parsed.errors === "string" ? parsed.errors : Array.isArray(parsed.errors) ? parsed.errors.map((e: unknown) => (typeof e === "string" ? e : ((e as { detail?: unknown } | null)?.detail ?? "an error"))).join("; ") : "";
  if (status !== 200) throw new UselessAnswer(`Datadog answered HTTP ${status}${errors ? `: ${plainWords(errors)}` : ""}.`);
  const a = (parsed.data as { attributes?: { times?: unknown; series?: unknown; values?: unknown } } | undefined)?.attributes;
  if (!a || !Array.isArray(a.times) || !Array.isArray(a.series) || !Array.isArray(a.values) || a.series.length !== a.values.length) throw new UselessAnswer(errors ? `Datadog answered: ${plainWords(errors)}.` : "Its answer is not that of Datadog's API.");
  if (a.series.length > MOST_SERIES) throw new UselessAnswer(`Datadog answered with ${a.series.length} series where a few were asked for.`);
  const series = new Map<string, DatadogSeries[]>(names.map((n) => [n, []]));
  a.series.forEach((raw: unknown, i) => {
    const { group_tags: tags, query_index: index } = (raw ?? {}) as { group_tags?: unknown; query_index?: unknown };
    const name = names[typeof index === "number" ? index : 0];
    if (name !== undefined) series.get(name)!.push({ tags: tagsOf(tags), values: numbers((a.values as unknown[])[i], (a.times as unknown[]).length) });
  });
  return { at: a.times.map((t) => Math.round(Number(t) / 1000)), series, partial: errors ? plainWords(errors) : null };
}

function parse(body: string): { data?: unknown; errors?: unknown } | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === "object" && value !== null ? value : null;
  } catch {
    return null;
  }
}

const tagsOf = (tags: unknown): Record<string, string> => Object.fromEntries((Array.isArray(tags) ? tags : []).map((t) => {
  const text = plainWords(t, 200);
  const colon = text.indexOf(":");
  return colon < 0 ? [text, ""] : [text.slice(0, colon), text.slice(colon + 1)];
}));

/** What is no number is null, and so is what is not there. */
const numbers = (values: unknown, count: number): (number | null)[] => Array.from({ length: count }, (_, i) => {
  const v: unknown = Array.isArray(values) ? values[i] : null;
  return typeof v === "number" && Number.isFinite(v) ? v : null;
});
