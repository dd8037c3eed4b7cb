/** Something that could not be read, with the reason in words. Never mistaken for "not there". */
export type Unread = { unread: string };
export const isUnread = (value: unknown): value is Unread => typeof value === "object" && value !== null && "unread" in value;

export type Workload = { kind: "Deployment" | "DaemonSet" | "StatefulSet"; namespace: string; name: string; labels: Record<string, string>; images: string[]; ready: number; wanted: number };
export type ServiceFact = { namespace: string; name: string; labels: Record<string, string>; ports: { name: string; port: number }[] };
export type GatewayFact = { namespace: string; name: string; className: string; programmed: boolean; hostname: string | null; address: string | null };
export type NodeFact = { name: string; instanceType: string | null; region: string | null; architecture: string | null; capacityType: string | null; providerAws: boolean; gpus: number; gpuProduct: string | null; managedByKarpenter: boolean };
export type Denied = { group: string; resource: string; verbs: string[]; why: string };

/** All that one check reads from a cluster. Everything after it is pure. */
export type ClusterFacts = {
  version: string;
  /** Who Slipway is there. */
  user: string | Unread;
  /** API groups that are served, and those that are registered but do not answer. */
  groups: Set<string>;
  staleGroups: Set<string>;
  /** argoproj.io is Argo Workflows', Rollouts' and Argo CD's: only its resources tell. */
  argoResources: string[] | Unread;
  denied: Denied[] | Unread;
  workloads: Workload[] | Unread;
  services: ServiceFact[] | Unread;
  nodes: NodeFact[] | Unread;
  gateways: GatewayFact[] | Unread;
  nodePools: { name: string; ready: boolean }[] | Unread;
  ingressClasses: { name: string; controller: string }[] | Unread;
};
