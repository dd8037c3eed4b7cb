import { type ClusterFacts, isUnread, type ServiceFact } from "@/lib/targets/kubernetes/check/facts";
import type { CheckContext } from "@/lib/targets/kubernetes/check/findings";
import { readSettings, type TargetSettings } from "@/lib/targets/kubernetes/target-settings";

/** Pure: what of the settings the cluster tells by itself. What it does not tell is left out. */
export function detect(facts: ClusterFacts, { provider, region }: CheckContext): TargetSettings {
  const has = (group: string) => facts.groups.has(group) && !facts.staleGroups.has(group);
  const found = {
    nodes: provider === "eks-auto" || has("karpenter.sh") ? "karpenter" : "any",
    keda: has("keda.sh") && (isUnread(facts.workloads) || facts.workloads.some((w) => w.name === "keda-operator" || w.labels["app.kubernetes.io/name"] === "keda-operator")), prometheusOperator: has("monitoring.coreos.com"), customMetrics: has("custom.metrics.k8s.io"),
    region: region ?? awsRegionOf(facts), architecture: architectureOf(facts), prometheusUrl: prometheusUrl(facts), ingress: gatewayOf(facts),
  };
  // Through the schema again: what a cluster says is a stranger's word.
  return readSettings(Object.fromEntries(Object.entries(found).filter(([, value]) => value !== null)));
}

/** Only where nodes say themselves that they are EC2 instances, and of one region. */
function awsRegionOf({ nodes }: ClusterFacts): string | null {
  if (isUnread(nodes)) return null;
  const regions = new Set(nodes.filter((n) => n.providerAws && n.region).map((n) => n.region));
  return regions.size === 1 ? [...regions][0]! : null;
}

/** Only where there are nodes and they agree. */
function architectureOf({ nodes }: ClusterFacts): string | null {
  const all = new Set(isUnread(nodes) ? [] : nodes.map((n) => n.architecture));
  return all.size === 1 ? [...all][0]! : null;
}

function prometheusUrl({ services }: ClusterFacts): string | null {
  if (isUnread(services)) return null;
  const score = (s: ServiceFact) => (s.name === "prometheus-operated" ? 1 : /prometheus-server$|-prometheus$|^prometheus$/.test(s.name) && !/operator|node-exporter|alertmanager|pushgateway/.test(s.name) ? 2 : 0);
  const best = services.filter((s) => score(s) > 0 && s.ports.length > 0).sort((a, b) => score(b) - score(a) || a.namespace.localeCompare(b.namespace))[0];
  if (!best) return null;
  const port = best.ports.find((p) => /web|http/.test(p.name)) ?? best.ports[0]!;
  return `http://${best.name}.${best.namespace}.svc:${port.port}`;
}

function gatewayOf({ gateways }: ClusterFacts): TargetSettings["ingress"] | null {
  if (isUnread(gateways)) return null;
  const ready = gateways.find((g) => g.programmed && (g.hostname ?? g.address));
  return ready ? { kind: "gateway", gatewayName: ready.name, gatewayNamespace: ready.namespace, hostname: (ready.hostname ?? ready.address)! } : null;
}
