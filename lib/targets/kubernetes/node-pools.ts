import { AppError } from "@/lib/errors";
import { KubeApiError } from "@/lib/targets/kubernetes/api-error";
import { applyOne } from "@/lib/targets/kubernetes/apply";
import type { KubeClient } from "@/lib/targets/kubernetes/client";
import { KINDS, kindOf } from "@/lib/targets/kubernetes/kinds";
import { LABEL } from "@/lib/targets/kubernetes/labels";
import { explainNodePools } from "@/lib/targets/kubernetes/manifests/explain-node-pools";
import { renderNodePools } from "@/lib/targets/kubernetes/manifests/node-pools";
import { toYaml } from "@/lib/targets/kubernetes/manifests/to-yaml";
import { conditionOf, type Condition, type KubeObject, type Metadata } from "@/lib/targets/kubernetes/objects";
import { planClusterWide } from "@/lib/targets/kubernetes/plan";
import type { ClusterSettings } from "@/lib/targets/kubernetes/settings";
import type { NodePoolPlan, NodePools, NodePoolState, PlannedNodePools } from "@/lib/targets/target";

type Requirement = { key: string; operator: string; values?: string[] };
type Pool = {
  metadata: Metadata; spec: { limits?: Record<string, string | number>; template?: { spec?: { requirements?: Requirement[] } } };
  status?: { resources?: Record<string, string | number>; conditions?: Condition[] };
};

/** A cluster's Karpenter pools. */
export class ClusterNodePools implements NodePools {
  constructor(private readonly client: KubeClient, private readonly settings: ClusterSettings, private readonly ask: <T>(run: () => Promise<T>) => Promise<T>) {}

  list(): Promise<NodePoolState[]> {
    return this.ask(async () => (await this.client.list<Pool>(KINDS.NodePool)).map((p) => this.stateOf(p)).sort((a, b) => (a.name < b.name ? -1 : 1)));
  }

  plan(plan: NodePoolPlan): Promise<PlannedNodePools> {
    return this.ask(async () => {
      const objects = await this.rendered(plan);
      return { yaml: toYaml(objects), explained: explainNodePools(plan, objects), objects: await Promise.all(objects.map((o) => planClusterWide(this.client, o as KubeObject))) };
    });
  }

  apply(plan: NodePoolPlan): Promise<void> {
    return this.ask(async () => {
      // The class first: a pool without one makes no nodes and says so.
      for (const object of await this.rendered(plan)) await applyOne(this.client, object as KubeObject);
    });
  }

  private async rendered(plan: NodePoolPlan) {
    const objects = renderNodePools(plan, this.settings);
    for (const o of objects) {
      if (await this.serves(o.apiVersion, o.kind)) continue;
      throw new AppError("unprocessable", `The cluster does not know ${o.kind} (${o.apiVersion}). ${this.settings.provider === "eks-auto" ? "Turn on EKS Auto Mode" : "Install Karpenter"} first; the check on this page has the command.`);
    }
    return objects;
  }

  private async serves(apiVersion: string, kind: string): Promise<boolean> {
    const { plural } = kindOf(apiVersion, kind);
    try {
      const { resources } = (await (await this.client.open(`/apis/${apiVersion}`)).json()) as { resources?: { name: string }[] };
      return resources?.some((r) => r.name === plural) ?? false;
    } catch (error) {
      if (error instanceof KubeApiError && error.status === 404) return false;
      throw error;
    }
  }

  private stateOf({ metadata, spec, status }: Pool): NodePoolState {
    const asked = (key: string) => spec.template?.spec?.requirements?.find((r) => r.key === key && r.operator === "In")?.values ?? [];
    const ready = conditionOf(status?.conditions, "Ready");
    const texts = (all: Record<string, string | number> | undefined) => (all ? Object.fromEntries(Object.entries(all).map(([k, v]) => [k, String(v)])) : null);
    return {
      name: metadata.name, own: metadata.labels?.[LABEL.instance] === this.settings.instance, capacityTypes: asked("karpenter.sh/capacity-type"), instanceTypes: asked("node.kubernetes.io/instance-type"),
      limits: texts(spec.limits), used: texts(status?.resources), ready: ready === undefined || ready.status === "Unknown" ? null : ready.status === "True", message: ready?.status === "True" ? null : ready?.message || null,
    };
  }
}
