import type { DeploymentContext } from "./context";
import type { Manifest } from "./manifest";

/** Pods of a project: 200 replicas, the most one deployment may have, of several deployments and while they are replaced. */
const MAX_PODS = 1000;

/** What Slipway never makes there, nobody else should: each costs money, or opens a way around the edge. */
export function renderResourceQuota({ namespace, projectLabels }: DeploymentContext): Manifest {
  return {
    apiVersion: "v1", kind: "ResourceQuota", metadata: { name: "slipway", namespace, labels: projectLabels },
    spec: { hard: { pods: String(MAX_PODS), "services.loadbalancers": "0", "services.nodeports": "0", persistentvolumeclaims: "0" } },
  };
}
