import { deploymentSelector } from "@/lib/targets/kubernetes/labels";
import type { ClusterSettings } from "@/lib/targets/kubernetes/settings";
import { artifactHost, serviceNamespace, type ArtifactHost } from "./artifact-host";
import { fetchesFiles, type DeploymentContext } from "./context";
import type { Manifest } from "./manifest";

type Peer = { namespaceSelector?: object; podSelector?: object; ipBlock?: { cidr: string; except?: string[] } };
type Port = { protocol: "TCP" | "UDP"; port: number };
export type IngressRule = { from: Peer[]; ports: Port[] };
export type EgressRule = { to: Peer[]; ports?: Port[] };

const inNamespace = (name: string) => ({ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } } });
const tcp = (...ports: number[]): Port[] => [...new Set(ports)].sort((a, b) => a - b).map((port) => ({ protocol: "TCP", port }));
/** Metadata services live there (EC2's, ECS's, EKS Pod Identity's): no model has business with them. */
const LINK_LOCAL = "169.254.0.0/16";
/** The address the kubelet's DNS cache listens on, where there is one. */
const NODE_LOCAL_DNS = "169.254.20.10/32";
/** Envoy Gateway runs its proxies there unless told otherwise; other gateways, in the namespace of the Gateway. */
const ENVOY_NAMESPACE = "envoy-gateway-system";
/** An ALB's addresses are those of its subnets, which the VPC's owner picks: the private ranges. */
const PRIVATE_RANGES = ["10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16"];

/** What a deployment's pods need, and nothing else: files (and the name of where they are), requests from the edge, Prometheus. */
export function renderNetworkPolicy(c: DeploymentContext): Manifest {
  return {
    apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: { name: c.name, namespace: c.namespace, labels: c.labels },
    spec: { podSelector: { matchLabels: deploymentSelector(c.spec.ref) }, policyTypes: ["Ingress", "Egress"], ingress: ingressRules(c), egress: egressRules(c) },
  };
}

function ingressRules({ settings, revisions }: DeploymentContext): IngressRule[] {
  const httpPorts = tcp(...revisions.map((r) => r.shape.ports.http));
  const metricsPorts = tcp(...revisions.flatMap((r) => r.shape.ports.metrics ?? []));
  const edge = edgePeers(settings.ingress);
  return [
    ...(edge.length === 0 || httpPorts.length === 0 ? [] : [{ from: edge, ports: httpPorts }]),
    ...(settings.prometheusOperator && metricsPorts.length > 0 ? [{ from: [prometheusPeer(settings.prometheusUrl)], ports: metricsPorts }] : []),
    ...(settings.datadogAgent && metricsPorts.length > 0 ? [{ from: DATADOG_PEERS, ports: metricsPorts }] : []),
  ];
}

function edgePeers(ingress: ClusterSettings["ingress"]): Peer[] {
  switch (ingress.kind) {
    case "none": return [];
    case "gateway": return [...new Set([ingress.gatewayNamespace, ENVOY_NAMESPACE])].map(inNamespace);
    case "alb": return PRIVATE_RANGES.map((cidr) => ({ ipBlock: { cidr } }));
  }
}

/** Prometheus by the label its operator gives it, in its own namespace where that is known. */
function prometheusPeer(url: string | null): Peer {
  const service = url === null ? null : serviceNamespace(new URL(url).hostname);
  return { ...(service ? inNamespace(service.namespace) : { namespaceSelector: {} }), podSelector: { matchLabels: { "app.kubernetes.io/name": "prometheus" } } };
}

/** The node agents of Datadog's operator and of its chart, by the labels these give them. */
const DATADOG_PEERS: Peer[] = [
  { namespaceSelector: {}, podSelector: { matchLabels: { "agent.datadoghq.com/component": "agent" } } },
  { namespaceSelector: {}, podSelector: { matchLabels: { "app.kubernetes.io/component": "agent", "admission.datadoghq.com/enabled": "false" } } },
];

function egressRules({ settings, revisions }: DeploymentContext): EgressRule[] {
  if (!revisions.some(fetchesFiles)) return [];
  const host = artifactHost(settings.artifactUrl);
  return [...(host.kind === "address" ? [] : [dnsRule(settings.provider)]), artifactRule(host)];
}

function dnsRule(provider: ClusterSettings["provider"]): EgressRule {
  const ports: Port[] = [{ protocol: "UDP", port: 53 }, { protocol: "TCP", port: 53 }];
  // On EKS Auto Mode DNS is a process of the node, no pod that a selector could name.
  if (provider === "eks-auto") return { to: [{ ipBlock: { cidr: "0.0.0.0/0" } }], ports };
  return { to: [{ ...inNamespace("kube-system"), podSelector: { matchLabels: { "k8s-app": "kube-dns" } } }, { ipBlock: { cidr: NODE_LOCAL_DNS } }], ports };
}

function artifactRule(host: ArtifactHost): EgressRule {
  switch (host.kind) {
    case "address": return { to: [{ ipBlock: { cidr: host.cidr } }], ports: tcp(host.port) };
    // The port of the pods behind a Service is not known here: rules are read after the Service's address is replaced by theirs.
    case "service": return { to: [inNamespace(host.namespace)] };
    case "name": return { to: [{ ipBlock: { cidr: "0.0.0.0/0", except: [LINK_LOCAL] } }], ports: tcp(host.port) };
  }
}
