import { type AwsIdentity, cloudWatch, type CloudWatch } from "@/lib/observability/alb/cloudwatch";
import type { AlbGroup } from "@/lib/observability/alb/questions";
import { UselessAnswer } from "@/lib/observability/useless-answer";
import { KubeClient } from "@/lib/targets/kubernetes/client";
import { isStatus } from "@/lib/targets/kubernetes/api-error";
import { connectionConfigOf, kubeConfigOf, openCredentials, type ConnectionRow } from "@/lib/targets/kubernetes/connection";
import { GuardedKubeConfig } from "@/lib/targets/kubernetes/guarded-kube-config";
import type { ClusterSettings } from "@/lib/targets/kubernetes/settings";
import { readTargetGroups, type TargetGroup } from "@/lib/targets/eks/target-groups";

export type AlbOf = { /** Target groups by namespace and name of their Service; several where it is bound more than once. */ groups: Map<string, AlbGroup[]>; ask: CloudWatch };
export type AlbEdge = {
  /** The cluster's edge is an ALB: where it cannot be asked, that is told. Else it may be one, behind a Gateway. */
  sure: boolean;
  /** What the Services of a namespace, or (null) of all, are measured by. Throws UselessAnswer. */
  find(namespace: string | null, isOurs: (namespace: string, service: string) => boolean): Promise<AlbOf>;
};
export type AlbRow = ConnectionRow & { id: string };

const SAME_BINDINGS_MS = 60_000;
const MOST_KEPT = 200;
const bindings = new Map<string, { until: number; groups: Promise<TargetGroup[]> }>();

/** The load balancer in front of a cluster's deployments; null: it has none that CloudWatch tells of. */
export function albEdgeOf(row: AlbRow, settings: Pick<ClusterSettings, "ingress" | "provider">, clock: () => number = Date.now): AlbEdge | null {
  const config = connectionConfigOf(row);
  const sure = settings.ingress.kind === "alb";
  if (!sure && (settings.ingress.kind !== "gateway" || config.auth !== "eks")) return null;
  return {
    sure,
    async find(namespace, isOurs) {
      const all = await groupsOf(row, namespace, settings.provider === "eks-auto", clock);
      // An account's identity is asked for its own: a binding to another account's target group is none that it could see.
      const ours = all.filter((g) => isOurs(g.namespace, g.service) && (config.auth !== "eks" || (g.accountId === config.accountId && g.region === config.region)));
      const identity: AwsIdentity = config.auth === "eks" ? { region: config.region, role: config.roleArn === null ? null : { roleArn: config.roleArn, externalId: externalIdOf(row) } } : { region: ours[0]?.region ?? "us-east-1", role: null };
      const ask = cloudWatch(identity, clock);
      const balancers = ours.length === 0 ? new Map<string, string>() : await ask.loadBalancersOf(ours.map((g) => g.dimension));
      const groups = new Map<string, AlbGroup[]>();
      for (const g of ours) {
        const loadBalancer = balancers.get(g.dimension);
        const key = `${g.namespace}/${g.service}`;
        if (loadBalancer) groups.set(key, [...(groups.get(key) ?? []), { targetGroup: g.dimension, loadBalancer }]);
      }
      return { groups, ask };
    },
  };
}

async function groupsOf(row: AlbRow, namespace: string | null, autoMode: boolean, clock: () => number): Promise<TargetGroup[]> {
  const key = `${row.id} ${namespace ?? "*"}`;
  const before = bindings.get(key);
  if (before && before.until > clock()) return before.groups;
  for (const [k, v] of bindings) if (v.until <= clock() || bindings.size >= MOST_KEPT) bindings.delete(k);
  const groups = read(row, namespace, autoMode);
  groups.catch(() => undefined);
  bindings.set(key, { until: clock() + SAME_BINDINGS_MS, groups });
  return groups;
}

async function read(row: AlbRow, namespace: string | null, autoMode: boolean): Promise<TargetGroup[]> {
  let config: Awaited<ReturnType<typeof kubeConfigOf>> | undefined;
  try {
    config = await kubeConfigOf(row);
    const connected = config;
    return await readTargetGroups(new KubeClient(async () => connected), namespace, autoMode);
  } catch (error) {
    if (isStatus(error, 401, 403)) throw new UselessAnswer(`Slipway may not list targetgroupbindings on ${row.slug}, which say what target group a Service has. The target's check shows the command that allows it.`);
    throw new UselessAnswer(`The target groups of its Services could not be read from ${row.slug}. The target's check says what is wrong.`);
  } finally {
    if (config instanceof GuardedKubeConfig) await config.close();
  }
}

function externalIdOf(row: ConnectionRow): string | null {
  if (!row.credentials) return null;
  try {
    const opened = openCredentials(row.slug, row.credentials);
    return opened.kind === "aws" ? opened.externalId : null;
  } catch {
    // Sealed with a key that is gone: AWS will refuse the role, and that is what is said.
    return null;
  }
}
