import type { DeploymentContext } from "./context";
import type { Manifest } from "./manifest";

/** Nothing in, nothing out, for every pod of the namespace. Each deployment's own policy opens what it needs. */
export function renderDefaultDeny({ namespace, projectLabels }: DeploymentContext): Manifest {
  return {
    apiVersion: "networking.k8s.io/v1", kind: "NetworkPolicy", metadata: { name: "default-deny", namespace, labels: projectLabels },
    spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
  };
}
