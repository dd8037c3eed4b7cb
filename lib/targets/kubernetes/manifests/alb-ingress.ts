import type { DeploymentContext } from "./context";
import { audienceOf, edgePath, mayBeRouted } from "./edge-auth";
import type { Manifest } from "./manifest";
import { SERVICE_PORT } from "./service";

const PREFIX = "alb.ingress.kubernetes.io";
const WEIGHTED = "weighted";

/** All deployments of an installation share one load balancer (`group.name`). Weights are an action; it also checks the token and takes the path off. */
export function renderAlbIngress(c: DeploymentContext): Manifest | null {
  const { ingress, jwt, provider, instance } = c.settings;
  if (ingress.kind !== "alb" || !mayBeRouted(c.spec, c.settings) || c.revisions.length === 0) return null;
  const https = ingress.certificateArn !== undefined;
  // A token over plain http is a token given away, and the load balancer checks none there.
  if (!https && !c.spec.public) return null;
  const ready = c.revisions[0]?.shape.probes.ready ?? "tcp";
  const rules = [{ action: WEIGHTED, path: edgePath(c.spec.ref), to: c.revisions.map((r) => [r.name, r.revision.weight] as const) }, ...c.revisions.map((r) => ({ action: `r${r.revision.n}`, path: edgePath(c.spec.ref, r.revision.n), to: [[r.name, 1] as const] }))];
  const annotations = {
    [`${PREFIX}/scheme`]: ingress.scheme, [`${PREFIX}/target-type`]: "ip", [`${PREFIX}/group.name`]: `slipway-${instance}`,
    [`${PREFIX}/listen-ports`]: https ? '[{"HTTPS":443}]' : '[{"HTTP":80}]',
    ...(ingress.certificateArn === undefined ? {} : { [`${PREFIX}/certificate-arn`]: ingress.certificateArn }),
    [`${PREFIX}/healthcheck-path`]: ready === "tcp" ? "/" : ready.path, [`${PREFIX}/healthcheck-interval-seconds`]: "10",
    ...(ready === "tcp" ? { [`${PREFIX}/success-codes`]: "200-499" } : {}),
    ...(jwt === null || c.spec.public ? {} : {
      [`${PREFIX}/jwt-validation`]: JSON.stringify({ jwksEndpoint: jwt.jwksUrl, issuer: jwt.issuer, additionalClaims: [{ name: "aud", format: "single-string", values: [audienceOf(jwt, c.spec.ref)] }] }),
    }),
    ...Object.fromEntries(rules.flatMap(({ action, path, to }) => [
      [`${PREFIX}/actions.${action}`, JSON.stringify({ type: "forward", forwardConfig: { targetGroups: to.map(([serviceName, weight]) => ({ serviceName, servicePort: SERVICE_PORT, weight })), targetGroupStickinessConfig: { enabled: false } } })],
      [`${PREFIX}/transforms.${action}`, JSON.stringify([{ type: "url-rewrite", urlRewriteConfig: { rewrites: [{ regex: `^${path}/?(.*)$`, replace: "/$1" }] } }])],
    ])),
  };
  return {
    apiVersion: "networking.k8s.io/v1", kind: "Ingress", metadata: { name: c.name, namespace: c.namespace, labels: c.labels, annotations },
    spec: {
      ingressClassName: provider === "eks-auto" ? "eks-auto-alb" : "alb",
      rules: [{ host: ingress.hostname, http: { paths: rules.map(({ action, path }) => ({ path, pathType: "Prefix", backend: { service: { name: action, port: { name: "use-annotation" } } } })) } }],
    },
  };
}
