import type { DeploymentContext } from "./context";
import type { Manifest } from "./manifest";

/** Restricted Pod Security is enforced: a pod that asks for more than ours do is refused, whoever makes it. */
export function renderNamespace({ namespace, projectLabels, settings }: DeploymentContext): Manifest {
  return {
    apiVersion: "v1", kind: "Namespace",
    metadata: {
      name: namespace,
      labels: {
        ...projectLabels,
        "pod-security.kubernetes.io/enforce": "restricted", "pod-security.kubernetes.io/audit": "restricted", "pod-security.kubernetes.io/warn": "restricted",
        // Pods count as ready once the load balancer knows them, so that a change loses no request.
        ...(settings.ingress.kind === "alb" ? { "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" } : {}),
      },
    },
  };
}
