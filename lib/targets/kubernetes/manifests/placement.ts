import type { ClusterSettings } from "@/lib/targets/kubernetes/settings";
import type { RevisionContext } from "./context";

export const CAPACITY_TYPE = "karpenter.sh/capacity-type";
const INSTANCE_TYPE = "node.kubernetes.io/instance-type";

/** Where the pods may run. Only what the cluster's nodes are labelled with is asked for: a label nobody sets is a pod that never starts. */
export function podPlacement(r: RevisionContext, settings: Pick<ClusterSettings, "nodes">): object {
  const { placement } = r.cluster;
  const karpenter = settings.nodes === "karpenter";
  const required = karpenter ? [
    ...(placement.instanceTypes.length === 0 ? [] : [{ key: INSTANCE_TYPE, operator: "In", values: placement.instanceTypes }]),
    { key: CAPACITY_TYPE, operator: "In", values: placement.capacityType === "spot-with-fallback" ? ["spot", "on-demand"] : [placement.capacityType] },
  ] : [];
  const preferSpot = karpenter && placement.capacityType === "spot-with-fallback";
  const spread = (topologyKey: string) => ({ maxSkew: 1, topologyKey, whenUnsatisfiable: "ScheduleAnyway", labelSelector: { matchLabels: r.selector } });
  return {
    nodeSelector: { "kubernetes.io/arch": placement.architecture, "kubernetes.io/os": "linux" },
    ...(required.length === 0 ? {} : {
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions: required }] },
          ...(preferSpot ? { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, preference: { matchExpressions: [{ key: CAPACITY_TYPE, operator: "In", values: ["spot"] }] } }] } : {}),
        },
      },
    }),
    ...(placement.acceleratorResource === null ? {} : { tolerations: [{ key: placement.acceleratorResource, operator: "Exists", effect: "NoSchedule" }] }),
    // Two replicas on one node, or in one zone, are lost together.
    topologySpreadConstraints: [spread("topology.kubernetes.io/zone"), spread("kubernetes.io/hostname")],
  };
}
