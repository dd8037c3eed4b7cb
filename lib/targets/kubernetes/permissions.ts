/** What Slipway does on a cluster. The check asks for each of these, and the role it offers is made of them. */
export type Permission = { group: string; resource: string; verbs: readonly string[]; /** Needed only where the cluster serves this group. */ optional?: true; why: string };

const OWN = ["get", "list", "watch", "create", "patch", "delete"] as const;

export const CLUSTER_PERMISSIONS: readonly Permission[] = [
  { group: "", resource: "namespaces", verbs: OWN, why: "one namespace a project" },
  { group: "", resource: "serviceaccounts", verbs: OWN, why: "an identity without rights for each deployment" },
  { group: "", resource: "services", verbs: OWN, why: "an address for each revision" },
  { group: "", resource: "secrets", verbs: OWN, why: "secrets of a deployment and its artifact token" },
  { group: "", resource: "configmaps", verbs: OWN, why: "configuration of serving runtimes" },
  { group: "", resource: "resourcequotas", verbs: OWN, why: "a project's share" },
  { group: "", resource: "limitranges", verbs: OWN, why: "a project's share" },
  { group: "", resource: "pods", verbs: ["get", "list", "watch", "delete"], why: "what runs" },
  { group: "", resource: "pods/log", verbs: ["get"], why: "logs" },
  { group: "", resource: "pods/eviction", verbs: ["create"], why: "the spot drill" },
  { group: "", resource: "events", verbs: ["get", "list", "watch"], why: "why something is pending" },
  { group: "", resource: "nodes", verbs: ["get", "list", "watch", "patch"], why: "where pods run; cordoned for the spot drill" },
  { group: "apps", resource: "deployments", verbs: OWN, why: "a revision's replicas" },
  { group: "apps", resource: "replicasets", verbs: ["get", "list", "watch"], why: "which pods are of which template" },
  { group: "autoscaling", resource: "horizontalpodautoscalers", verbs: OWN, why: "scaling" },
  { group: "policy", resource: "poddisruptionbudgets", verbs: OWN, why: "replicas that stay while nodes change" },
  { group: "networking.k8s.io", resource: "networkpolicies", verbs: OWN, why: "nothing but what a pod needs" },
  { group: "networking.k8s.io", resource: "ingresses", verbs: OWN, why: "an ALB's way in" },
  { group: "gateway.networking.k8s.io", resource: "httproutes", verbs: OWN, optional: true, why: "weighted traffic" },
  { group: "gateway.networking.k8s.io", resource: "gateways", verbs: ["get", "list", "watch"], optional: true, why: "the way in" },
  { group: "gateway.envoyproxy.io", resource: "securitypolicies", verbs: OWN, optional: true, why: "tokens checked at the edge" },
  { group: "keda.sh", resource: "scaledobjects", verbs: OWN, optional: true, why: "scale to zero" },
  { group: "keda.sh", resource: "triggerauthentications", verbs: OWN, optional: true, why: "scale to zero" },
  { group: "monitoring.coreos.com", resource: "podmonitors", verbs: OWN, optional: true, why: "metrics of the model servers" },
  { group: "monitoring.coreos.com", resource: "servicemonitors", verbs: OWN, optional: true, why: "metrics of the model servers" },
  { group: "elbv2.k8s.aws", resource: "targetgroupbindings", verbs: ["get", "list"], optional: true, why: "what an ALB measures" },
  { group: "eks.amazonaws.com", resource: "targetgroupbindings", verbs: ["get", "list"], optional: true, why: "what an ALB measures" },
  { group: "metrics.k8s.io", resource: "pods", verbs: ["get", "list"], optional: true, why: "use of cpu and memory" },
  { group: "karpenter.sh", resource: "nodepools", verbs: OWN, optional: true, why: "GPU and spot capacity" },
  { group: "karpenter.sh", resource: "nodeclaims", verbs: ["get", "list", "watch"], optional: true, why: "why something is pending" },
  { group: "karpenter.k8s.aws", resource: "ec2nodeclasses", verbs: OWN, optional: true, why: "GPU and spot capacity" },
  { group: "eks.amazonaws.com", resource: "nodeclasses", verbs: OWN, optional: true, why: "GPU and spot capacity" },
];

/** Those that matter on a cluster which serves these API groups. */
export const permissionsFor = (served: ReadonlySet<string>): Permission[] => CLUSTER_PERMISSIONS.filter((p) => !p.optional || served.has(p.group));

/** The role, and its binding to whoever Slipway is there, as one command. `user`: as the cluster names it. */
export function roleCommand(user: string): string {
  const account = /^system:serviceaccount:([a-z0-9.-]+):([a-z0-9.-]+)$/.exec(user);
  const subject = account ? `{ kind: ServiceAccount, namespace: ${account[1]}, name: ${account[2]} }` : `{ kind: User, apiGroup: rbac.authorization.k8s.io, name: ${JSON.stringify(user)} }`;
  const byVerbs = new Map<string, Map<string, string[]>>();
  for (const p of CLUSTER_PERMISSIONS) {
    const groups = byVerbs.get(p.verbs.join(", ")) ?? new Map<string, string[]>();
    groups.set(p.group, [...(groups.get(p.group) ?? []), p.resource]);
    byVerbs.set(p.verbs.join(", "), groups);
  }
  const rules = [...byVerbs].flatMap(([verbs, groups]) => [...groups].map(([group, resources]) => `  - { apiGroups: ["${group}"], resources: [${resources.join(", ")}], verbs: [${verbs}] }`));
  return ["kubectl apply -f - <<'EOF'", "apiVersion: rbac.authorization.k8s.io/v1", "kind: ClusterRole", "metadata: { name: slipway }", "rules:", ...rules,
    "---", "apiVersion: rbac.authorization.k8s.io/v1", "kind: ClusterRoleBinding", "metadata: { name: slipway }", "roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: slipway }", `subjects: [${subject}]`, "EOF"].join("\n");
}
