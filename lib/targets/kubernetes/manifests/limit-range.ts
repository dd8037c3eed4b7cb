import type { DeploymentContext } from "./context";
import type { Manifest } from "./manifest";

/** For a container that says nothing of its needs. Slipway's own always do. */
export function renderLimitRange({ namespace, projectLabels }: DeploymentContext): Manifest {
  return {
    apiVersion: "v1", kind: "LimitRange", metadata: { name: "slipway", namespace, labels: projectLabels },
    spec: { limits: [{ type: "Container", default: { cpu: "500m", memory: "512Mi", "ephemeral-storage": "1Gi" }, defaultRequest: { cpu: "100m", memory: "128Mi", "ephemeral-storage": "256Mi" } }] },
  };
}
