import type { AlbEdge } from "@/lib/observability/alb/edge";
import { asOne, type AlbGroup, type Part, stretchOf, type Stretch } from "@/lib/observability/alb/questions";
import { highestAt, overlap, percentileOf, readParts, sumAt, totalOf, type Parts } from "@/lib/observability/alb/read-parts";
import { gridOf, type Gap, type Measure, type Points } from "@/lib/observability/measures";
import { rangeOf, type FiguresQuery, type Metrics, type RevisionSource } from "@/lib/observability/metrics-source";
import { IN_CLOUDWATCH } from "@/lib/observability/promql/edge";
import { UselessAnswer } from "@/lib/observability/useless-answer";

/** Of which parts a measure is made. */
const OF = {
  requestsPerSecond: ["requests"], errorRate: ["requests", "failed"], p50: ["p50"], p95: ["p95"], p99: ["p99"], mean: ["seconds", "answered"], replicas: ["healthy"],
} as const satisfies Partial<Record<Measure, readonly Part[]>>;
type AlbMeasure = keyof typeof OF;
const isAlbMeasure = (m: Gap["measure"]): m is AlbMeasure => m in OF;
const LATENCY: readonly string[] = ["p50", "p95", "p99", "mean"];
const PERCENTILES = ["p50", "p95", "p99"] as const;

const NO_GROUP = "No target group of its Services has figures in CloudWatch: they begin with the first request, and end two weeks after the last.";
const NOTHING_YET = "The load balancer's figures (CloudWatch) are about two minutes late: nothing of this time has arrived.";

/**
 * What a source cannot tell of requests, from the Application Load Balancer in front. Each revision has a Service, and so a target group, of its own: one
 * revision is told from another. What CloudWatch refuses costs those measures alone, and is said with their reason.
 */
export function withAlb(source: RevisionSource, edge: AlbEdge, at: { namespace: string; name: string }): RevisionSource {
  const groupsOf = async (revision: number | undefined): Promise<{ groups: AlbGroup[]; ask: Awaited<ReturnType<AlbEdge["find"]>>["ask"] }> => {
    const found = await edge.find(at.namespace, (namespace, service) => namespace === at.namespace && revisionOf(service, at.name) !== null);
    const ofRevision = (key: string) => revision === undefined || revisionOf(key.slice(at.namespace.length + 1), at.name) === revision;
    return { ask: found.ask, groups: [...found.groups].filter(([key]) => ofRevision(key)).flatMap(([, g]) => g) };
  };
  return {
    name: source.name,
    async query(query) {
      const metrics = await source.query(query);
      const wanted = wantedOf(metrics, query.only !== undefined);
      if (wanted.series.length + wanted.totals.length === 0) return metrics;
      try {
        const range = rangeOf(query);
        const { groups, ask } = await groupsOf(query.revision);
        if (groups.length === 0) return edge.sure ? explained(metrics, wanted.series, NO_GROUP) : metrics;
        const stretch = stretchOf(range, query.now.getTime() / 1000);
        if (stretch === null) return explained(metrics, wanted.series, NOTHING_YET);
        const causes = wanted.series.includes("requestsPerSecond") && !query.only;
        const over = new Set<Part>([...wanted.series.flatMap((m): readonly Part[] => OF[m]), ...(causes ? (["failed", "refused"] as const) : [])]);
        const whole = new Set<Part>(wanted.totals.flatMap((t): readonly Part[] => (t === "requests" ? ["requests"] : t === "errors" ? ["requests", "failed"] : [t])));
        const parts = await readParts(ask, groups, stretch, { over: [...over], whole: [...whole], ownFailures: wanted.series.includes("errorRate") });
        return filled(metrics, wanted, parts, stretch, causes);
      } catch (error) {
        if (!(error instanceof UselessAnswer)) throw error;
        return edge.sure ? explained(metrics, wanted.series, `The load balancer could not be asked instead: ${error.message}`) : metrics;
      }
    },
    async figures(query) {
      const figures = await source.figures(query);
      const lacking = (["requests", "errors", "p99Seconds"] as const).filter((f) => figures[f] === null);
      if (lacking.length === 0) return figures;
      const because = (why: string) => ({ ...figures, missing: { ...figures.missing, ...Object.fromEntries(lacking.map((f) => [f, `${bare(figures.missing[f] ?? "")} ${why}`.trim()])) } });
      try {
        const { groups, ask } = await groupsOf(query.revision);
        if (groups.length === 0) return edge.sure ? because(NO_GROUP) : figures;
        const stretch = stretchOfFigures(query);
        if (stretch === null) return because(NOTHING_YET);
        const { whole } = await readParts(ask, groups, stretch, { over: [], whole: ["requests", "failed", "p99"], ownFailures: false });
        const requests = totalOf(whole.requests ?? []);
        const read = { requests, errors: requests === null ? null : totalOf(whole.failed ?? []) ?? 0, p99Seconds: percentileOf(whole.p99 ?? []) };
        // A share of failures is of the same time as the requests it is a share of.
        const known = lacking.some((f) => f !== "p99Seconds") ? (["requests", "errors", ...lacking.filter((f) => f === "p99Seconds")] as const) : lacking;
        const filledIn = known.filter((f) => read[f] !== null);
        return { ...figures, ...Object.fromEntries(filledIn.map((f) => [f, read[f]])), missing: Object.fromEntries(Object.entries(figures.missing).filter(([f]) => !filledIn.some((k) => k === f))) };
      } catch (error) {
        if (!(error instanceof UselessAnswer)) throw error;
        return edge.sure ? because(`The load balancer could not be asked instead: ${error.message}`) : figures;
      }
    },
  };
}

/** A Service's revision, by the name Slipway gives it (lib/targets/kubernetes/names.ts); null: it is not of this deployment. */
export function revisionOf(service: string, deployment: string): number | null {
  const n = service.startsWith(`${deployment}-r`) ? service.slice(deployment.length + 2) : "";
  return /^[0-9]{1,9}$/.test(n) ? Number(n) : null;
}

type Wanted = { series: AlbMeasure[]; totals: ("requests" | "errors" | (typeof PERCENTILES)[number])[] };

/** Pure: what a source could not tell although it answered. One that failed is not helped out: that would hide it, and cost money for as long as it lasts. `forRules`: asked around the clock, so no more than a rule looks at. */
function wantedOf({ gaps, totals }: Metrics, forRules: boolean): Wanted {
  const series = gaps.flatMap((g) => ((g.kind === "absent" || g.kind === "empty") && isAlbMeasure(g.measure) ? [g.measure] : []));
  if (gaps.some((g) => g.kind === "failed" && (g.measure === "totals" || isAlbMeasure(g.measure)))) return { series, totals: [] };
  const quiet = totals.requests === 0;
  return { series, totals: [...(totals.requests === null ? (["requests"] as const) : []), ...(totals.errors === null ? (["errors"] as const) : []), ...(quiet ? [] : PERCENTILES.filter((p) => totals[p] === null && (p === "p99" || !forRules)))] };
}

const bare = (reason: string): string => reason.replace(IN_CLOUDWATCH, "").trim();

const explained = (metrics: Metrics, series: readonly AlbMeasure[], why: string): Metrics =>
  ({ ...metrics, gaps: metrics.gaps.map((g) => (series.some((m) => m === g.measure) ? { ...g, reason: `${bare(g.reason)} ${why}` } : g)) });

function filled(metrics: Metrics, wanted: Wanted, { over, whole, ownFailures }: Parts, stretch: Stretch, causes: boolean): Metrics {
  const range = { fromSeconds: metrics.from, toSeconds: metrics.to, stepSeconds: metrics.stepSeconds };
  const draw = (value: (t: number) => number | null): Points => gridOf(range).map((t) => [t, t < stretch.toSeconds ? value(Math.floor(t / stretch.periodSeconds) * stretch.periodSeconds) : null]);
  const per = (part: Part) => draw((t) => { const n = sumAt(over[part] ?? [], t); return n === null ? null : n / stretch.periodSeconds; });
  const share = (of: Part, all: Part, none: number | null) => (t: number) => { const [n, d] = [sumAt(over[of] ?? [], t), sumAt(over[all] ?? [], t)]; return d === null || d <= 0 || (n ?? none) === null ? null : (n ?? none)! / d; };
  const drawn: Record<AlbMeasure, () => Points> = {
    requestsPerSecond: () => per("requests"), errorRate: () => draw(share("failed", "requests", 0)), mean: () => draw(share("seconds", "answered", null)), replicas: () => draw((t) => sumAt(over.healthy ?? [], t)),
    p50: () => draw((t) => highestAt(over.p50 ?? [], t)), p95: () => draw((t) => highestAt(over.p95 ?? [], t)), p99: () => draw((t) => highestAt(over.p99 ?? [], t)),
  };
  const several = PERCENTILES.some((p) => overlap(over[p] ?? []));
  const reason = (g: Gap): string => [
    bare(g.reason), `Measured by the load balancer instead (CloudWatch): ${stretch.periodSeconds === 300 && range.stepSeconds < 300 ? "five-minute figures, as it keeps no finer ones for more than 15 days" : "one-minute figures, about two minutes late"}.`,
    ...(g.measure === "replicas" ? ["They are the healthy targets."] : []),
    ...(LATENCY.includes(g.measure) ? ["Its time is from the load balancer to the beginning of the answer."] : []), ...(LATENCY.includes(g.measure) && several ? ["Where several revisions serve, the slowest is drawn."] : []),
    ...(g.measure === "errorRate" && ownFailures > 0 ? [`${Math.round(ownFailures)} more requests, of all deployments behind the load balancer, it answered with 5xx itself: they are not in the rate.`] : []),
  ].join(" ");
  const gaps = metrics.gaps.map((g): Gap => (wanted.series.some((m) => m === g.measure) ? { ...g, kind: "edge", reason: reason(g) } : g));
  const byCause = Object.fromEntries(([["4xx", "refused"], ["5xx", "failed"]] as const).filter(([, part]) => (totalOf(over[part] ?? []) ?? 0) > 0).map(([label, part]) => [label, per(part)]));
  const requests = totalOf(whole.requests ?? []);
  const total = { ...metrics.totals };
  if (wanted.totals.includes("requests")) total.requests = requests;
  if (wanted.totals.includes("errors")) total.errors = requests === null ? null : totalOf(whole.failed ?? []) ?? 0;
  for (const p of PERCENTILES) if (wanted.totals.includes(p)) total[p] = percentileOf(whole[p] ?? []);
  return {
    ...metrics, gaps, totals: total, series: { ...metrics.series, ...Object.fromEntries(wanted.series.map((m) => [m, drawn[m]()])) },
    errorsByCause: causes && Object.keys(metrics.errorsByCause).length === 0 ? byCause : metrics.errorsByCause,
  };
}

/** The whole minutes of a revision's time that have arrived. */
function stretchOfFigures({ from, to }: FiguresQuery): Stretch | null {
  const range = { fromSeconds: Math.floor(from.getTime() / 1000), toSeconds: Math.floor(to.getTime() / 1000), stepSeconds: 60 };
  const stretch = stretchOf(range, range.toSeconds);
  return stretch && { ...stretch, periodSeconds: asOne(stretch) };
}
