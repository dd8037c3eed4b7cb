import { type ClusterFacts, isUnread, type Workload } from "@/lib/targets/kubernetes/check/facts";
import type { Finding } from "@/lib/targets/target";

/** What helps a cluster serve models: how it is recognised, what it is for, and the command that brings it. Commands need kubectl or helm on that cluster. */
type AddOn = {
  id: string; title: string; optional: boolean;
  /** API groups that tell it is there; null: only its workloads do. */
  groups: string[] | null;
  workload: (w: Workload) => boolean;
  there: string; missing: string; fix: string;
};

const called = (...names: string[]) => (w: Workload) => names.includes(w.labels["app.kubernetes.io/name"] ?? "") || names.includes(w.labels.app ?? "") || names.includes(w.labels["k8s-app"] ?? "") || names.includes(w.name);
const helm = (repo: string, url: string, release: string, chart: string, namespace: string, values = "") => `helm repo add ${repo} ${url} && helm upgrade --install ${release} ${repo}/${chart} --namespace ${namespace} --create-namespace${values ? ` ${values}` : ""}`;

export const ADD_ONS: readonly AddOn[] = [
  {
    id: "metrics-server", title: "metrics-server", optional: false, groups: ["metrics.k8s.io"], workload: called("metrics-server"),
    there: "Use of cpu and memory is measured, and CPU models scale on it.", missing: "Without it, deployments do not scale on cpu, and their use is not known.",
    fix: "kubectl apply -f https://github.com/kubernetes-sigs/metrics-server/releases/latest/download/components.yaml",
  },
  {
    id: "prometheus", title: "Prometheus", optional: false, groups: ["monitoring.coreos.com"], workload: called("prometheus", "prometheus-server", "prometheus-operator", "kube-prometheus-stack-prometheus-operator"),
    there: "Latency, errors and queue of the model servers can be measured.", missing: "Without it there is no p99, no error rate and no scaling on the queue.",
    fix: helm("prometheus-community", "https://prometheus-community.github.io/helm-charts", "kube-prometheus-stack", "kube-prometheus-stack", "monitoring", "--set prometheus.prometheusSpec.podMonitorSelectorNilUsesHelmValues=false"),
  },
  {
    id: "keda", title: "KEDA", optional: true, groups: ["keda.sh"], workload: called("keda-operator"),
    there: "Deployments can scale to zero.", missing: "Only needed for scaling to zero, and on the queue without a metrics adapter.",
    fix: helm("kedacore", "https://kedacore.github.io/charts", "keda", "keda", "keda"),
  },
  {
    id: "gitops", title: "Argo CD or Flux", optional: true, groups: null, workload: (w) => called("argocd-server", "argocd-application-controller")(w) || w.labels["app.kubernetes.io/part-of"] === "flux",
    there: "Changes can be committed to Git and are applied from there.", missing: "Only needed where changes go through Git.",
    fix: "kubectl create namespace argocd && kubectl apply --server-side -n argocd -f https://raw.githubusercontent.com/argoproj/argo-cd/stable/manifests/install.yaml",
  },
  {
    id: "cost", title: "OpenCost or Kubecost", optional: true, groups: null, workload: called("opencost", "cost-analyzer", "kubecost", "kubecost-cost-analyzer", "finopsagent"),
    there: "Costs of shared nodes are allocated by what ran.", missing: "Without it, costs are priced from each replica's profile and time.",
    fix: helm("opencost", "https://opencost.github.io/opencost-helm-chart", "opencost", "opencost", "opencost"),
  },
];

/** Pure: one finding an add-on. */
export function addOnFinding(a: AddOn, facts: ClusterFacts): Finding {
  const base = { id: a.id, title: a.title, ...(a.optional ? { optional: true as const } : {}) };
  const found = isUnread(facts.workloads) ? [] : facts.workloads.filter(a.workload);
  const stale = a.groups?.find((g) => facts.staleGroups.has(g));
  if (stale) return { ...base, status: "warning", detail: `It is installed, but does not answer (${stale}).`, fix: commandToLookAt(found[0]) ?? `kubectl get apiservice | grep ${stale}` };
  const served = a.groups?.some((g) => facts.groups.has(g)) ?? argoCdServed(a.id, facts);
  // Definitions stay behind when a program is removed, and some are installed without it.
  if (served && found.length === 0 && a.groups !== null && a.id !== "metrics-server" && !isUnread(facts.workloads)) {
    return { ...base, status: a.optional ? "missing" : "warning", detail: `Its definitions are there (${a.groups[0]}), but nothing that acts on them runs. ${a.missing}`, fix: a.fix };
  }
  if (found.length > 0 || served) {
    const version = versionOf(found[0]);
    const down = found.length > 0 && found.every((w) => w.wanted > 0 && w.ready === 0);
    if (down) return { ...base, status: "warning", detail: `It is installed${version ? ` (${version})` : ""}, but none of its replicas is ready.`, fix: commandToLookAt(found[0]) };
    return { ...base, status: "ok", detail: `${version ? `${version}. ` : ""}${a.there}`, fix: null };
  }
  // A group that is not served is proof; workloads that may not be listed are not.
  if (a.groups === null && isUnread(facts.workloads)) return { ...base, status: "unknown", detail: facts.workloads.unread, fix: null };
  return { ...base, status: "missing", detail: a.missing, fix: a.fix };
}

/** Argo CD's CRDs, or Flux's, are there even where workloads may not be listed. */
const argoCdServed = (id: string, facts: ClusterFacts) => id === "gitops" && ((!isUnread(facts.argoResources) && facts.argoResources.includes("applications")) || [...facts.groups].some((g) => g.endsWith("toolkit.fluxcd.io")));

const commandToLookAt = (w: Workload | undefined) => (w ? `kubectl -n ${w.namespace} describe ${w.kind.toLowerCase()} ${w.name}` : null);

/** Of the image's tag, or the label that says it; null where neither looks like a version. */
export function versionOf(w: Workload | undefined): string | null {
  if (!w) return null;
  const tags = [w.labels["app.kubernetes.io/version"] ?? "", ...w.images.map((i) => /:([^:/@]+)(@.*)?$/.exec(i)?.[1] ?? "")];
  const tag = tags.find((t) => /^v?\d+\.\d+/.test(t));
  return tag ? tag.replace(/^v/, "").slice(0, 30) : null;
}
