import type { DeploymentContext, RevisionContext } from "./context";
import type { Manifest } from "./manifest";

export const SERVICE_PORT = 80;

/** One Service a revision: weights are set where requests are routed. */
export function renderService(c: DeploymentContext, r: RevisionContext): Manifest {
  return {
    apiVersion: "v1", kind: "Service", metadata: { name: r.name, namespace: c.namespace, labels: r.labels },
    spec: { type: "ClusterIP", selector: r.selector, ports: [{ name: "http", port: SERVICE_PORT, targetPort: "http", protocol: "TCP" }] },
  };
}
