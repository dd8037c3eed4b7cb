import type { Manifest } from "./manifest";

/** Whatever is broken: the object and the rule, in words. */
export type Violation = { object: string; rule: string };

type Container = {
  name?: string; image?: string; env?: unknown; resources?: { requests?: Record<string, string>; limits?: Record<string, string> };
  securityContext?: { allowPrivilegeEscalation?: boolean; privileged?: boolean; readOnlyRootFilesystem?: boolean; runAsNonRoot?: boolean; runAsUser?: number; capabilities?: { drop?: string[]; add?: string[] }; seccompProfile?: { type?: string } };
  ports?: { hostPort?: number }[];
};
type PodSpec = {
  automountServiceAccountToken?: boolean; serviceAccountName?: string; hostNetwork?: boolean; hostPID?: boolean; hostIPC?: boolean; terminationGracePeriodSeconds?: number;
  securityContext?: { runAsNonRoot?: boolean; runAsUser?: number; seccompProfile?: { type?: string } };
  initContainers?: Container[]; containers?: Container[]; volumes?: Record<string, unknown>[];
};

/** The volume types the restricted level allows, less those Slipway has no use for. */
const VOLUMES = ["emptyDir", "secret", "configMap", "projected", "downwardAPI"];
const MAX_GRACE_SECONDS = 110;

/** What every set of rendered objects must hold to, checked on the objects and not on what made them. Empty: nothing is broken. */
export function checkPolicy(objects: readonly Manifest[]): Violation[] {
  const found: Violation[] = [];
  for (const o of objects) {
    const say = (rule: string) => found.push({ object: `${o.kind}/${o.metadata.name}`, rule });
    if (o.kind === "Namespace") checkNamespace(o, say);
    if (o.kind === "ServiceAccount" && o.automountServiceAccountToken !== false) say("a service account mounts no token");
    if (o.kind === "Service" && (o.spec as { type?: string }).type !== "ClusterIP") say("a Service opens nothing outside the cluster");
    if (["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding", "PersistentVolume", "ValidatingWebhookConfiguration", "MutatingWebhookConfiguration"].includes(o.kind)) say("no such object is made for a deployment");
    if (o.kind === "Deployment") checkPod((o.spec as { template: { spec: PodSpec } }).template.spec, say);
    if (o.kind !== "Namespace" && o.metadata.namespace === undefined && !["NodePool", "EC2NodeClass", "NodeClass"].includes(o.kind)) say("everything of a deployment is in its namespace");
  }
  checkSet(objects, found);
  return found;
}

function checkNamespace(o: Manifest, say: (rule: string) => void): void {
  if (o.metadata.labels["pod-security.kubernetes.io/enforce"] !== "restricted") say("restricted Pod Security is enforced");
}

function checkPod(pod: PodSpec, say: (rule: string) => void): void {
  if (pod.automountServiceAccountToken !== false) say("a pod mounts no service account token");
  if (pod.serviceAccountName === undefined || pod.serviceAccountName === "default") say("a pod has an identity of its own");
  if (pod.hostNetwork || pod.hostPID || pod.hostIPC) say("a pod shares nothing with its node");
  if (pod.securityContext?.runAsNonRoot !== true || pod.securityContext.runAsUser === 0) say("a pod runs as no root");
  if (pod.securityContext?.seccompProfile?.type !== "RuntimeDefault") say("seccomp is RuntimeDefault");
  if ((pod.terminationGracePeriodSeconds ?? 30) > MAX_GRACE_SECONDS) say("a pod ends within the two minutes a spot node is given");
  for (const volume of pod.volumes ?? []) {
    const type = Object.keys(volume).find((key) => key !== "name");
    if (type === undefined || !VOLUMES.includes(type)) say(`no volume of type ${type ?? "none"}`);
    if (type === "emptyDir" && (volume.emptyDir as { sizeLimit?: string }).sizeLimit === undefined) say("a folder of a pod has a limit");
  }
  if ((pod.containers ?? []).length === 0) say("a pod has a container");
  for (const container of [...(pod.initContainers ?? []), ...(pod.containers ?? [])]) checkContainer(container, say);
}

function checkContainer(c: Container, say: (rule: string) => void): void {
  const s = c.securityContext ?? {};
  if (s.allowPrivilegeEscalation !== false) say("no container gains privileges");
  if (s.privileged === true) say("no container is privileged");
  if (s.readOnlyRootFilesystem !== true) say("the root file system is read-only");
  if (s.runAsNonRoot !== true || s.runAsUser === 0) say("no container runs as root");
  if (s.seccompProfile?.type !== "RuntimeDefault") say("seccomp is RuntimeDefault in every container");
  if (!(s.capabilities?.drop ?? []).includes("ALL") || (s.capabilities?.add ?? []).length > 0) say("no container has a capability");
  if ((c.ports ?? []).some((p) => p.hostPort !== undefined)) say("no port of the node is taken");
  for (const resource of ["cpu", "memory", "ephemeral-storage"]) {
    if (!c.resources?.limits?.[resource] || !c.resources.requests?.[resource]) say(`${resource} is asked for and limited`);
  }
}

type Policy = { podSelector?: { matchLabels?: Record<string, string> }; policyTypes?: string[]; ingress?: { from?: unknown[] }[]; egress?: { to?: unknown[] }[] };

function checkSet(objects: readonly Manifest[], found: Violation[]): void {
  const say = (object: string, rule: string) => found.push({ object, rule });
  const policies = objects.filter((o) => o.kind === "NetworkPolicy");
  for (const namespace of new Set(objects.filter((o) => o.kind === "Deployment").map((o) => o.metadata.namespace ?? ""))) {
    const inside = objects.filter((o) => o.metadata.namespace === namespace);
    if (!objects.some((o) => o.kind === "Namespace" && o.metadata.name === namespace)) say(namespace, "the namespace comes with its objects");
    for (const kind of ["ResourceQuota", "LimitRange", "ServiceAccount"]) if (!inside.some((o) => o.kind === kind)) say(namespace, `a namespace has its ${kind}`);
    const denies = policies.some((o) => o.metadata.namespace === namespace && isDefaultDeny(o.spec as Policy));
    if (!denies) say(namespace, "everything is denied unless a policy opens it");
  }
  for (const o of policies) {
    const { ingress = [], egress = [] } = o.spec as Policy;
    if (ingress.some((rule) => (rule.from ?? []).length === 0)) say(`NetworkPolicy/${o.metadata.name}`, "no rule lets everybody in");
    if (egress.some((rule) => (rule.to ?? []).length === 0)) say(`NetworkPolicy/${o.metadata.name}`, "no rule lets a pod go everywhere");
  }
}

const isDefaultDeny = (p: Policy) => Object.keys(p.podSelector ?? { x: 1 }).length === 0 && ["Ingress", "Egress"].every((t) => p.policyTypes?.includes(t)) && !p.ingress?.length && !p.egress?.length;
