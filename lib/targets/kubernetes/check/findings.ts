import { ADD_ONS, addOnFinding, versionOf } from "@/lib/targets/kubernetes/check/add-ons";
import { type ClusterFacts, isUnread, type Workload } from "@/lib/targets/kubernetes/check/facts";
import { routingFinding } from "@/lib/targets/kubernetes/check/routing-finding";
import { roleCommand } from "@/lib/targets/kubernetes/permissions";
import type { Finding } from "@/lib/targets/target";

/** Of what a cluster is, beside what it tells itself. */
export type CheckContext = {
  provider: "kubernetes" | "eks" | "eks-auto";
  clusterName: string | null; region: string | null;
  /** Of the token or certificate that signs in; null: it does not say. */
  credentialExpiresAt: string | null;
  now: Date;
};

/** The oldest Kubernetes the manifests are made for: SelfSubjectReview (1.28), and what AWS still takes money for. */
const OLDEST_MINOR = 30;
const DAY_MS = 86_400_000;

/** Pure: what is there and what is missing, with one command each. What could not be read is unknown, never missing. */
export function findingsOf(facts: ClusterFacts, context: CheckContext): Finding[] {
  return [
    { id: "reachable", status: "ok", title: "API server", detail: `It answers${isUnread(facts.user) ? "" : `; Slipway is ${facts.user} there`}.`, fix: null },
    versionFinding(facts), ...expiryFinding(context), permissionsFinding(facts, context), capacityFinding(facts, context), gpuFinding(facts, context),
    routingFinding(facts, context), ...ADD_ONS.map((a) => addOnFinding(a, facts)),
  ];
}

function versionFinding({ version }: ClusterFacts): Finding {
  const minor = Number(/^v?1\.(\d+)/.exec(version)?.[1] ?? NaN);
  const base = { id: "version", title: `Kubernetes ${version.replace(/^v/, "")}` };
  if (Number.isNaN(minor)) return { ...base, status: "unknown", detail: "The version is not one that Slipway can read.", fix: null };
  if (minor < OLDEST_MINOR) return { ...base, status: "warning", detail: `Slipway's manifests are made for 1.${OLDEST_MINOR} and newer. Upgrade the cluster one minor version at a time.`, fix: null };
  return { ...base, status: "ok", detail: "Slipway's manifests are made for it.", fix: null };
}

function expiryFinding({ credentialExpiresAt, now }: CheckContext): Finding[] {
  if (credentialExpiresAt === null) return [];
  const days = Math.floor((Date.parse(credentialExpiresAt) - now.getTime()) / DAY_MS);
  const on = credentialExpiresAt.slice(0, 10);
  const base = { id: "credentials", title: "Credentials", fix: null };
  if (days < 0) return [{ ...base, status: "warning", detail: `They ended on ${on}. Give new ones under the target's settings.` }];
  if (days < 14) return [{ ...base, status: "warning", detail: `They end on ${on}, in ${days} ${days === 1 ? "day" : "days"}. Give new ones under the target's settings before then.` }];
  return [{ ...base, status: "ok", detail: `They are good until ${on}.` }];
}

function permissionsFinding({ denied, user }: ClusterFacts, { provider, clusterName, region }: CheckContext): Finding {
  const base = { id: "permissions", title: "Permissions" };
  if (isUnread(denied)) return { ...base, status: "unknown", detail: denied.unread, fix: null };
  if (denied.length === 0) return { ...base, status: "ok", detail: "Slipway may do everything that it does there.", fix: null };
  const names = denied.map((d) => `${d.verbs.join(", ")} ${d.resource}${d.group ? `.${d.group}` : ""}`);
  const detail = `Slipway may not: ${names.slice(0, 8).join("; ")}${names.length > 8 ? `; and ${names.length - 8} more` : ""}.`;
  const fix = !isUnread(user) && user !== "system:anonymous" ? roleCommand(user)
    : provider !== "kubernetes" && clusterName && region ? `aws eks list-access-entries --cluster-name ${clusterName} --region ${region}` : null;
  return { ...base, status: "missing", detail, fix };
}

function capacityFinding(facts: ClusterFacts, { provider, clusterName, region }: CheckContext): Finding {
  const base = { id: "karpenter", title: "Karpenter" };
  if (provider === "eks-auto") return { ...base, status: "ok", detail: "EKS Auto Mode runs it: nodes are made as pods need them.", fix: null };
  const workload = isUnread(facts.workloads) ? undefined : facts.workloads.find((w) => w.labels["app.kubernetes.io/name"] === "karpenter" || w.name === "karpenter");
  if (facts.groups.has("karpenter.sh")) return { ...base, ...karpenterState(facts, workload) };
  const nodes = isUnread(facts.nodes) ? "" : ` This cluster has ${facts.nodes.length} ${facts.nodes.length === 1 ? "node" : "nodes"}.`;
  return {
    ...base, status: "missing", ...(provider === "kubernetes" ? { optional: true as const } : {}), detail: `Without it, pods run only where there is room on the nodes that are there, and spot cannot be chosen.${nodes}`,
    fix: provider === "eks" && clusterName && region ? `helm upgrade --install karpenter oci://public.ecr.aws/karpenter/karpenter --namespace kube-system --set settings.clusterName=${clusterName} # after the IAM roles: karpenter.sh/docs/getting-started` : null,
  };
}

function karpenterState({ workloads, nodePools }: ClusterFacts, workload: Workload | undefined): Pick<Finding, "status" | "detail" | "fix"> {
  const version = versionOf(workload);
  if (workload && workload.ready === 0 && workload.wanted > 0) return { status: "warning", detail: `It is installed${version ? ` (${version})` : ""}, but none of its replicas is ready: no node will be made.`, fix: `kubectl -n ${workload.namespace} logs deployment/${workload.name} --tail=50` };
  const pools = isUnread(nodePools) ? "Its NodePools may not be listed." : nodePools.length === 0 ? "It has no NodePool yet: nothing can be made." : `${nodePools.filter((p) => p.ready).length} of ${nodePools.length} NodePools are ready.`;
  const ready = isUnread(nodePools) || nodePools.some((p) => p.ready);
  if (!workload && !isUnread(workloads) && !ready) return { status: "warning", detail: `Its definitions are there, but it is not found running. ${pools}`, fix: "kubectl get nodepools" };
  return { status: ready ? "ok" : "warning", detail: `${version ? `Version ${version}. ` : ""}${pools}`, fix: ready ? null : "kubectl get nodepools" };
}

function gpuFinding(facts: ClusterFacts, { provider }: CheckContext): Finding {
  const base = { id: "gpu", title: "NVIDIA device plugin" };
  if (provider === "eks-auto") return { ...base, status: "ok", detail: "EKS Auto Mode brings it with its GPU nodes.", fix: null };
  const gpus = isUnread(facts.nodes) ? 0 : facts.nodes.reduce((sum, n) => sum + n.gpus, 0);
  const plugin = isUnread(facts.workloads) ? undefined : facts.workloads.find((w) => /nvidia-device-plugin|nvidia-gpu-device-plugin|^gpu-operator$/.test(w.name) || /^nvidia-device-plugin/.test(w.labels["app.kubernetes.io/name"] ?? ""));
  if (plugin || gpus > 0) return { ...base, status: "ok", detail: gpus > 0 ? `${gpus} ${gpus === 1 ? "GPU is" : "GPUs are"} free to be asked for on the nodes that are there.` : `${plugin?.name ?? "It"} is installed; there is no GPU node at the moment.`, fix: null };
  if (isUnread(facts.workloads) && isUnread(facts.nodes)) return { ...base, status: "unknown", detail: facts.workloads.unread, fix: null };
  return {
    ...base, status: "missing", optional: true, detail: "No node offers nvidia.com/gpu, and nothing would make a GPU node offer it. Only CPU profiles run here.",
    fix: "helm repo add nvdp https://nvidia.github.io/k8s-device-plugin && helm upgrade --install nvdp nvdp/nvidia-device-plugin --namespace nvidia-device-plugin --create-namespace",
  };
}
