import type { ClusterBudget, ClusterFigures, FleetAsked, OnCluster } from "@/lib/fleet/read-cluster-fleet";
import type { AlbEdge } from "@/lib/observability/alb/edge";
import { stretchOf } from "@/lib/observability/alb/questions";
import { percentileOf, readParts, totalOf } from "@/lib/observability/alb/read-parts";
import { revisionOf } from "@/lib/observability/alb/with-alb";
import { UselessAnswer } from "@/lib/observability/useless-answer";

export type FleetFigures = ClusterFigures & { budget: ClusterBudget; /** false: the source failed, so what is null may only not have been told. */ answered: boolean };

/**
 * What a cluster's source cannot tell of requests, from the load balancer in front: the target groups are listed once and CloudWatch is asked once (for 166
 * target groups), for all deployments that lack something. Theirs alone: AWS takes money for each figure.
 */
export async function fleetWithAlb(figures: ReadonlyMap<string, FleetFigures>, deployments: readonly OnCluster[], edge: AlbEdge, { windowSeconds, now }: Pick<FleetAsked, "windowSeconds" | "now">): Promise<Map<string, FleetFigures>> {
  const answered = new Map(figures);
  const lacking = deployments.filter(({ id }) => { const f = figures.get(id); return f?.answered && (f.requests === null || (f.requests > 0 && (f.p99Seconds === null || f.errorRate === null))); });
  const seconds = Math.floor(now.getTime() / 1000);
  const stretch = stretchOf({ fromSeconds: seconds - windowSeconds, toSeconds: seconds, stepSeconds: 60 }, seconds);
  if (lacking.length === 0 || stretch === null) return answered;
  const say = (id: string, why: string) => { const f = figures.get(id)!; answered.set(id, { ...f, why: [f.why, why].filter(Boolean).join(" ") }); };
  try {
    const namespaces = new Set(lacking.map((d) => d.series.namespace));
    const ownerOf = (namespace: string, service: string) => lacking.find((d) => d.series.namespace === namespace && revisionOf(service, d.series.name) !== null)?.id;
    const found = await edge.find(namespaces.size === 1 ? [...namespaces][0]! : null, (namespace, service) => ownerOf(namespace, service) !== undefined);
    const groups = [...found.groups].flatMap(([key, of]) => { const [namespace, service] = key.split("/") as [string, string]; return of.map((group) => ({ group, id: ownerOf(namespace, service)! })); });
    if (groups.length === 0) return answered;
    const { whole } = await readParts(found.ask, groups.map((g) => g.group), stretch, { over: [], whole: ["requests", "failed", "p99"], ownFailures: false });
    for (const id of new Set(groups.map((g) => g.id))) {
      const own = (part: "requests" | "failed" | "p99") => (whole[part] ?? []).filter((_, i) => groups[i]!.id === id);
      const before = figures.get(id)!;
      const requests = totalOf(own("requests"));
      const errorRate = requests ? (totalOf(own("failed")) ?? 0) / requests : null;
      if (requests === null) continue;
      say(id, "Measured by the load balancer (CloudWatch) instead.");
      answered.set(id, { ...answered.get(id)!, requests: before.requests ?? requests, errorRate: before.errorRate ?? errorRate, p99Seconds: before.p99Seconds ?? percentileOf(own("p99")) });
    }
  } catch (error) {
    if (!(error instanceof UselessAnswer)) throw error;
    if (edge.sure) for (const { id } of lacking) say(id, `The load balancer could not be asked instead: ${error.message}`);
  }
  return answered;
}
