import type { DeploymentObject, KubeEvent, Metadata, Pod, Condition } from "@/lib/targets/kubernetes/objects";

export type NodeClaim = { metadata: Metadata; spec: { nodeClassRef?: { name?: string } }; status?: { nodeName?: string; conditions?: Condition[] } };
export type NodePool = { metadata: Metadata; spec: { limits?: Record<string, string | number> }; status?: { resources?: Record<string, string>; conditions?: Condition[] } };

/** Everything the rules look at. Recorded from a cluster, or made from documentation, it is a test's fixture. */
export type DiagnosisInput = { deployments: DeploymentObject[]; pods: Pod[]; events: KubeEvent[]; nodeClaims: NodeClaim[]; nodePools: NodePool[] };
