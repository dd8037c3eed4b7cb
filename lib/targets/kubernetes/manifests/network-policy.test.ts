import { describe, expect, test } from "vitest";
import { revision, SERVED, settings, spec } from "./__fixtures__/specs";
import type { Manifest } from "./manifest";
import type { EgressRule, IngressRule } from "./network-policy";
import { renderDeployment } from "./render";

type Template = { spec: { initContainers?: { env: { name: string; value: string }[] }[]; containers: { ports: { name: string; containerPort: number }[]; readinessProbe: object }[] } };
const CLUSTERS = {
  "a name": settings,
  "an address, Auto Mode": { ...settings, provider: "eks-auto" as const, artifactUrl: "http://10.1.2.3:3000" },
  "Auto Mode by name": { ...settings, provider: "eks-auto" as const },
  "a service of the cluster": { ...settings, artifactUrl: "http://web.slipway.svc.cluster.local:3000" },
  "no edge, no Prometheus": { ...settings, ingress: { kind: "none" as const }, prometheusOperator: false },
  "an ALB": { ...settings, ingress: { kind: "alb" as const, hostname: "m.example.com", scheme: "internal" as const, certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/11111111-2222-3333-4444-555555555555" } },
};

/**
 * What the pods need, read from the other objects that were rendered and not from what makes the policy: who routes to which port, who
 * scrapes which port, and where the init container goes.
 */
function needs(objects: Manifest[]) {
  const templates = objects.filter((o) => o.kind === "Deployment").map((o) => (o.spec as { template: Template }).template);
  const portOf = (name: string) => templates.flatMap((t) => t.spec.containers.flatMap((c) => c.ports)).filter((p) => p.name === name).map((p) => p.containerPort);
  const routed = objects.some((o) => o.kind === "HTTPRoute" || o.kind === "Ingress");
  const scraped = objects.filter((o) => o.kind === "PodMonitor").flatMap((o) => (o.spec as { podMetricsEndpoints: { port: string }[] }).podMetricsEndpoints.map((e) => e.port));
  const fetched = templates.flatMap((t) => t.spec.initContainers ?? []).flatMap((c) => c.env).find((e) => e.name === "SLIPWAY_ARTIFACT_URL")?.value;
  return { inward: { edge: routed ? portOf("http") : [], prometheus: [...new Set(scraped)].flatMap(portOf) }, outward: fetched === undefined ? null : new URL(fetched) };
}

describe.each(Object.entries(CLUSTERS))("fetching from %s", (_cluster, to) => {
  test.each(Object.keys(SERVED))("%s: each rule stands for a need, and each need has its rule", (name) => {
    const objects = renderDeployment(spec([revision(name, "spot")]), to);
    const policy = objects.filter((o) => o.kind === "NetworkPolicy" && o.metadata.name !== "default-deny");
    expect(policy).toHaveLength(1);
    const { ingress, egress, podSelector } = policy[0]!.spec as { ingress: IngressRule[]; egress: EgressRule[]; podSelector: { matchLabels: Record<string, string> } };
    const pods = (objects.find((o) => o.kind === "Deployment")!.spec as { template: { metadata: { labels: Record<string, string> } } }).template.metadata.labels;
    expect(pods).toMatchObject(podSelector.matchLabels);
    const need = needs(objects);

    const isPrometheus = (r: IngressRule) => r.from.every((p) => JSON.stringify(p.podSelector ?? {}).includes("prometheus"));
    const ports = (rules: IngressRule[]) => rules.flatMap((r) => r.ports.map((p) => p.port));
    expect(ports(ingress.filter((r) => !isPrometheus(r)))).toEqual(need.inward.edge);
    expect(ports(ingress.filter(isPrometheus))).toEqual(need.inward.prometheus);

    const isDns = (r: EgressRule) => r.ports?.every((p) => p.port === 53) === true;
    const rest = egress.filter((r) => !isDns(r));
    if (need.outward === null) return expect(egress).toEqual([]);
    const byAddress = /^[\d.]+$/.test(need.outward.hostname);
    expect(egress.filter(isDns)).toHaveLength(byAddress ? 0 : 1);
    expect(rest).toHaveLength(1);
    const [rule] = rest;
    if (byAddress) expect(rule).toEqual({ to: [{ ipBlock: { cidr: `${need.outward.hostname}/32` } }], ports: [{ protocol: "TCP", port: Number(need.outward.port) }] });
    else if (need.outward.hostname.includes(".svc")) expect(rule).toEqual({ to: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": need.outward.hostname.split(".")[1] } } }] });
    else expect(rule).toEqual({ to: [{ ipBlock: { cidr: "0.0.0.0/0", except: ["169.254.0.0/16"] } }], ports: [{ protocol: "TCP", port: 443 }] });
  });
});
