import type { Measure } from "@/lib/observability/measures";
import { CONTAINER_MEASURES, nodesExpression, type ContainerMeasure } from "@/lib/observability/promql/container";
import { isAbsent, type Dialect, type ServerMeasure } from "@/lib/observability/promql/dialect";
import { albTells, edgeExpression, IN_CLOUDWATCH, type Edge } from "@/lib/observability/promql/edge";
import { Promql, quoted, literally, type Scope } from "@/lib/observability/promql/promql";

export type Planned = {
  expression: string; /** Said where nothing comes back. */ whenEmpty: string; /** Set where it is the edge's. */ edge: string | null;
  /** Asked where the server's pods tell nothing at all. */ instead?: { expression: string; edge: string };
};
export type QueryPlan = {
  measures: Record<Measure, Planned | { absent: string }>;
  errorsByCause: { expression: string; label: string } | { absent: string };
  nodes: string;
};

export type PlanInput = { dialect: Dialect; namespace: string; name: string; /** null: all. */ revision: number | null; accelerators: number; edge: Edge; window: string };

/** Matchers of a deployment's pods, by the names Slipway gave them. */
export const podsOf = (namespace: string, name: string, revision: number | null): string =>
  `namespace=${quoted(namespace)},pod=~${quoted(`${literally(name)}-r${revision ?? "[0-9]+"}-.+`)}`;

/** Pure: one expression a measure, or the reason that there is none. Their number does not depend on the replicas. */
export function planQueries(input: PlanInput): QueryPlan {
  const scope: Scope = { pods: podsOf(input.namespace, input.name, input.revision), window: input.window, perDeployment: false };
  const q = new Promql(scope);
  const server = Object.entries(input.dialect.measures(q)).map(([measure, e]) => [measure, isAbsent(e) ? fromEdge(input, measure as ServerMeasure, e.absent) : {
    expression: e, edge: null, whenEmpty: `No metrics of ${input.dialect.title} were scraped from its pods in this window. Slipway's PodMonitor needs the Prometheus operator; else scrape the pods' metrics port.`,
    ...insteadOf(input, measure as ServerMeasure),
  }]);
  const container = (Object.keys(CONTAINER_MEASURES) as ContainerMeasure[]).map((measure) => {
    const rule = CONTAINER_MEASURES[measure];
    if ((measure === "gpu" || measure === "gpuMemory") && input.accelerators === 0) return [measure, { absent: "The profile has no GPU." }];
    return [measure, { expression: rule.expression(q), edge: null, whenEmpty: `No series of ${rule.needs} for its pods in this window. Is ${rule.needs} installed and scraped?` }];
  });
  return { measures: Object.fromEntries([...server, ...container]) as QueryPlan["measures"], errorsByCause: input.dialect.errorsByCause(q), nodes: nodesExpression(q) };
}

export const AT_EDGE = "Measured at the edge (Envoy) instead: the way there and the wait are in it.";

/** What the edge tells of a server that exposes nothing: an image of the user's own without metrics. */
function insteadOf({ dialect, edge, revision, window }: PlanInput, measure: ServerMeasure): Pick<Planned, "instead"> {
  const expression = revision === null ? edgeExpression(edge, measure, window) : null;
  return expression === null ? {} : { instead: { expression, edge: `No metrics of ${dialect.title} were scraped from its pods in this window. ${AT_EDGE}` } };
}

function fromEdge({ edge, revision, window }: PlanInput, measure: ServerMeasure, why: string): Planned | { absent: string } {
  if (edge.kind === "alb") return { absent: albTells(measure) ? `${why} ${IN_CLOUDWATCH}` : why };
  const expression = edgeExpression(edge, measure, window);
  if (expression === null) return { absent: why };
  // The edge counts by route, and a revision's share of the deployment's route is not told apart there.
  if (revision !== null) return { absent: `${why} The edge measures it for all revisions together.` };
  return { expression, whenEmpty: `${why} The edge's own series (Envoy) are not in this Prometheus either.`, edge: `${why} ${AT_EDGE}` };
}
