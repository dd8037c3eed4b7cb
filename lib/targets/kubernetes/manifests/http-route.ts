import type { DeploymentContext } from "./context";
import { audienceOf, edgePath, mayBeRouted } from "./edge-auth";
import type { Manifest } from "./manifest";
import { SERVICE_PORT } from "./service";

/** Rule 0: by weight. Then one rule a revision, for `{deployment}@{n}`. The path is taken off, since servers know only their own. */
export function renderHttpRoute(c: DeploymentContext): Manifest | null {
  const { ingress } = c.settings;
  if (ingress.kind !== "gateway" || !mayBeRouted(c.spec, c.settings) || c.revisions.length === 0) return null;
  const rule = (path: string, backendRefs: object[]) => ({
    matches: [{ path: { type: "PathPrefix", value: path } }],
    filters: [{ type: "URLRewrite", urlRewrite: { path: { type: "ReplacePrefixMatch", replacePrefixMatch: "/" } } }],
    backendRefs,
  });
  const backend = (name: string, weight: number) => ({ group: "", kind: "Service", name, port: SERVICE_PORT, weight });
  return {
    apiVersion: "gateway.networking.k8s.io/v1", kind: "HTTPRoute", metadata: { name: c.name, namespace: c.namespace, labels: c.labels },
    spec: {
      parentRefs: [{ group: "gateway.networking.k8s.io", kind: "Gateway", name: ingress.gatewayName, namespace: ingress.gatewayNamespace }], hostnames: [ingress.hostname],
      rules: [
        rule(edgePath(c.spec.ref), c.revisions.map((r) => backend(r.name, r.revision.weight))),
        ...c.revisions.map((r) => rule(edgePath(c.spec.ref, r.revision.n), [backend(r.name, 1)])),
      ],
    },
  };
}

/** Envoy Gateway checks the token before a request reaches a pod. */
export function renderSecurityPolicy(c: DeploymentContext): Manifest | null {
  const { ingress, jwt } = c.settings;
  if (ingress.kind !== "gateway" || jwt === null || c.spec.public || c.revisions.length === 0) return null;
  return {
    apiVersion: "gateway.envoyproxy.io/v1alpha1", kind: "SecurityPolicy", metadata: { name: c.name, namespace: c.namespace, labels: c.labels },
    spec: {
      targetRefs: [{ group: "gateway.networking.k8s.io", kind: "HTTPRoute", name: c.name }],
      jwt: { providers: [{ name: "slipway", issuer: jwt.issuer, audiences: [audienceOf(jwt, c.spec.ref)], remoteJWKS: { uri: jwt.jwksUrl } }] },
    },
  };
}
