import type { DeploymentContext, RevisionContext } from "./context";
import type { Manifest } from "./manifest";

/** One replica at a time leaves for a drain of its node. Not `minAvailable`: with a single replica that would block every drain for ever. */
export function renderDisruptionBudget(c: DeploymentContext, r: RevisionContext): Manifest {
  return {
    apiVersion: "policy/v1", kind: "PodDisruptionBudget", metadata: { name: r.name, namespace: c.namespace, labels: r.labels },
    spec: { maxUnavailable: 1, selector: { matchLabels: r.selector }, unhealthyPodEvictionPolicy: "AlwaysAllow" },
  };
}
