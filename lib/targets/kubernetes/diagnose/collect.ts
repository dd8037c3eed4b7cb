import type { KubeClient } from "@/lib/targets/kubernetes/client";
import { isStatus } from "@/lib/targets/kubernetes/api-error";
import { type Kind, KINDS } from "@/lib/targets/kubernetes/kinds";
import type { DeploymentObject, KubeEvent, Metadata, Pod } from "@/lib/targets/kubernetes/objects";
import type { DiagnosisInput, NodeClaim, NodePool } from "./input";

/** Kinds of cluster-wide objects whose events matter; those stand in the namespace default. */
const NODE_KINDS = new Set(["Node", "NodeClaim", "NodePool", "EC2NodeClass"]);

/** Reads what the rules need of one deployment's pods. `labelSelector` picks them in their namespace. */
export async function collectDiagnosis(client: KubeClient, namespace: string, labelSelector: string): Promise<DiagnosisInput> {
  const [deployments, pods, own, around, nodeClaims, nodePools] = await Promise.all([
    client.list<DeploymentObject>(KINDS.Deployment, { namespace, labelSelector }), client.list<Pod>(KINDS.Pod, { namespace, labelSelector }),
    client.list<KubeEvent>(KINDS.Event, { namespace }), client.list<KubeEvent>(KINDS.Event, { namespace: "default" }),
    ifAllowed(client, KINDS.NodeClaim) as Promise<NodeClaim[]>, ifAllowed(client, KINDS.NodePool) as Promise<NodePool[]>,
  ]);
  const names = deployments.map((d) => d.metadata.name);
  const uids = new Set([...deployments, ...pods].map((o) => o.metadata.uid ?? ""));
  const mine = (e: KubeEvent) => uids.has(e.involvedObject.uid ?? "") || (e.involvedObject.kind === "ReplicaSet" && names.some((n) => e.involvedObject.name?.startsWith(`${n}-`)));
  const nodes = new Set(pods.map((p) => p.spec.nodeName ?? ""));
  const nearby = around.filter((e) => NODE_KINDS.has(e.involvedObject.kind ?? "") && (e.involvedObject.kind !== "Node" || nodes.has(e.involvedObject.name ?? "")));
  return {
    deployments: deployments.map(bare), pods: pods.map(bare), events: [...own.filter(mine), ...nearby].map(bare),
    nodeClaims: nodeClaims.map(bare), nodePools: nodePools.map(bare),
  };
}

/** What Slipway may not read is told of by the target's check; here it is only missing. */
const ifAllowed = (client: KubeClient, kind: Kind) => client.list<object>(kind).catch((error: unknown) => {
  if (isStatus(error, 403)) return [];
  throw error;
});

/** Who set which field is long, and no rule reads it. */
function bare<T extends { metadata: Metadata }>(object: T): T {
  const { managedFields: _managedFields, ...metadata } = object.metadata;
  return { ...object, metadata };
}
