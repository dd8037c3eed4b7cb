/** A kind of object as the API server serves it. `plural` is its name in paths. */
export type Kind = { apiVersion: string; kind: string; plural: string; namespaced: boolean; /** Served only where somebody installed it: its absence is an empty list. */ optional?: true };

const namespaced = (apiVersion: string, kind: string, plural: string, optional?: true): Kind => ({ apiVersion, kind, plural, namespaced: true, ...(optional ? { optional } : {}) });
const clusterWide = (apiVersion: string, kind: string, plural: string, optional?: true): Kind => ({ apiVersion, kind, plural, namespaced: false, ...(optional ? { optional } : {}) });

/**
 * Every kind Slipway renders or reads. Written down instead of discovered, so that a pass costs no discovery; that a plural is right
 * is proven by the suite on a real control plane, which applies each of them.
 */
export const KINDS = {
  Namespace: clusterWide("v1", "Namespace", "namespaces"),
  Node: clusterWide("v1", "Node", "nodes"),
  ConfigMap: namespaced("v1", "ConfigMap", "configmaps"),
  Secret: namespaced("v1", "Secret", "secrets"),
  ServiceAccount: namespaced("v1", "ServiceAccount", "serviceaccounts"),
  Service: namespaced("v1", "Service", "services"),
  ResourceQuota: namespaced("v1", "ResourceQuota", "resourcequotas"),
  LimitRange: namespaced("v1", "LimitRange", "limitranges"),
  PersistentVolumeClaim: namespaced("v1", "PersistentVolumeClaim", "persistentvolumeclaims"),
  Pod: namespaced("v1", "Pod", "pods"),
  Event: namespaced("v1", "Event", "events"),
  Deployment: namespaced("apps/v1", "Deployment", "deployments"),
  ReplicaSet: namespaced("apps/v1", "ReplicaSet", "replicasets"),
  HorizontalPodAutoscaler: namespaced("autoscaling/v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers"),
  PodDisruptionBudget: namespaced("policy/v1", "PodDisruptionBudget", "poddisruptionbudgets"),
  NetworkPolicy: namespaced("networking.k8s.io/v1", "NetworkPolicy", "networkpolicies"),
  Ingress: namespaced("networking.k8s.io/v1", "Ingress", "ingresses"),
  Role: namespaced("rbac.authorization.k8s.io/v1", "Role", "roles"),
  RoleBinding: namespaced("rbac.authorization.k8s.io/v1", "RoleBinding", "rolebindings"),
  HTTPRoute: namespaced("gateway.networking.k8s.io/v1", "HTTPRoute", "httproutes", true),
  Gateway: namespaced("gateway.networking.k8s.io/v1", "Gateway", "gateways", true),
  SecurityPolicy: namespaced("gateway.envoyproxy.io/v1alpha1", "SecurityPolicy", "securitypolicies", true),
  ScaledObject: namespaced("keda.sh/v1alpha1", "ScaledObject", "scaledobjects", true),
  TriggerAuthentication: namespaced("keda.sh/v1alpha1", "TriggerAuthentication", "triggerauthentications", true),
  ServiceMonitor: namespaced("monitoring.coreos.com/v1", "ServiceMonitor", "servicemonitors", true),
  PodMonitor: namespaced("monitoring.coreos.com/v1", "PodMonitor", "podmonitors", true),
  PrometheusRule: namespaced("monitoring.coreos.com/v1", "PrometheusRule", "prometheusrules", true),
  NodePool: clusterWide("karpenter.sh/v1", "NodePool", "nodepools", true),
  NodeClaim: clusterWide("karpenter.sh/v1", "NodeClaim", "nodeclaims", true),
  EC2NodeClass: clusterWide("karpenter.k8s.aws/v1", "EC2NodeClass", "ec2nodeclasses", true),
  NodeClass: clusterWide("eks.amazonaws.com/v1", "NodeClass", "nodeclasses", true),
  TargetGroupBinding: namespaced("elbv2.k8s.aws/v1beta1", "TargetGroupBinding", "targetgroupbindings", true),
  AutoModeTargetGroupBinding: namespaced("eks.amazonaws.com/v1", "TargetGroupBinding", "targetgroupbindings", true),
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof KINDS;

/** Throws for a kind that is not in the table: what Slipway does not know it neither applies nor removes. */
export function kindOf(apiVersion: string, kind: string): Kind {
  const found = (KINDS as Record<string, Kind>)[kind];
  if (!found || found.apiVersion !== apiVersion) throw new Error(`${apiVersion} ${kind} is no kind that Slipway handles: add it to kinds.ts`);
  return found;
}

/** Path of the collection, or of one object. Without a namespace: of all namespaces. */
export function pathOf(kind: Kind, namespace: string | null, name?: string): string {
  const root = kind.apiVersion.includes("/") ? `/apis/${kind.apiVersion}` : `/api/${kind.apiVersion}`;
  const inNamespace = kind.namespaced && namespace !== null ? `/namespaces/${encodeURIComponent(namespace)}` : "";
  return `${root}${inNamespace}/${kind.plural}${name === undefined ? "" : `/${encodeURIComponent(name)}`}`;
}
