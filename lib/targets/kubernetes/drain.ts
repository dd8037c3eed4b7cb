import { KubeApiError } from "@/lib/targets/kubernetes/api-error";
import type { KubeClient } from "@/lib/targets/kubernetes/client";
import { KINDS, pathOf } from "@/lib/targets/kubernetes/kinds";
import { conditionOf, type Metadata, type Pod } from "@/lib/targets/kubernetes/objects";
import { hasEnded, isReady, replicaId } from "@/lib/targets/kubernetes/pod-replica";
import { selectorOf } from "@/lib/targets/kubernetes/selector";
import type { ClusterSettings } from "@/lib/targets/kubernetes/settings";
import type { DeploymentRef, NodeDrain, PlacedReplica } from "@/lib/targets/target";

/** Cordon and eviction, as `kubectl drain` does them, for the pods of one deployment alone. */
export class ClusterDrain implements NodeDrain {
  constructor(private readonly client: KubeClient, private readonly settings: ClusterSettings, private readonly ask: <T>(run: () => Promise<T>) => Promise<T>) {}

  look(ref: DeploymentRef): Promise<PlacedReplica[]> {
    return this.ask(async () => (await this.pods(ref)).map((p) => ({
      id: replicaId(p), node: p.spec.nodeName ?? null, ready: isReady(p), leaving: p.metadata.deletionTimestamp !== undefined, readyAt: isReady(p) ? conditionOf(p.status?.conditions, "Ready")?.lastTransitionTime ?? null : null,
    })));
  }

  cordon(node: string): Promise<boolean> {
    return this.ask(async () => {
      const found = await this.client.get<{ metadata: Metadata; spec?: { unschedulable?: boolean } }>(KINDS.Node, null, node);
      if (found.spec?.unschedulable) return false;
      await this.client.merge(KINDS.Node, null, node, { spec: { unschedulable: true } });
      return true;
    });
  }

  uncordon(node: string): Promise<void> {
    return this.ask(async () => {
      try {
        await this.client.merge(KINDS.Node, null, node, { spec: { unschedulable: null } });
      } catch (error) {
        if (!(error instanceof KubeApiError && error.status === 404)) throw error;
      }
    });
  }

  evict(ref: DeploymentRef, node: string): Promise<{ blocked: string | null }> {
    return this.ask(async () => {
      let blocked: string | null = null;
      for (const { metadata } of (await this.pods(ref)).filter((p) => p.spec.nodeName === node && !p.metadata.deletionTimestamp)) {
        const { name, namespace = null, uid } = metadata;
        const body = { apiVersion: "policy/v1", kind: "Eviction", metadata: { name, namespace }, deleteOptions: { preconditions: { uid } } };
        try {
          await this.client.postOnce(`${pathOf(KINDS.Pod, namespace, name)}/eviction`, body);
        } catch (error) {
          if (!(error instanceof KubeApiError)) throw error;
          // 429: a budget. 404 and 409: it has gone by itself.
          if (error.status === 429) blocked = error.message;
          else if (error.status !== 404 && error.status !== 409) throw error;
        }
      }
      return { blocked };
    });
  }

  private async pods(ref: DeploymentRef): Promise<Pod[]> {
    return (await this.client.list<Pod>(KINDS.Pod, { labelSelector: selectorOf(this.settings.instance, [ref.id]) })).filter((p) => !hasEnded(p));
  }
}
