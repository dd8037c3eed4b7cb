import type { DeploymentContext } from "./context";
import type { Manifest } from "./manifest";

export const SERVICE_ACCOUNT = "slipway-model";

/** The identity of a project's pods. It may do nothing in the cluster and its token is not mounted; on EKS a role can be bound to it. */
export function renderServiceAccount({ namespace, projectLabels, settings }: DeploymentContext): Manifest {
  return {
    apiVersion: "v1", kind: "ServiceAccount",
    metadata: {
      name: SERVICE_ACCOUNT, namespace, labels: projectLabels,
      ...(settings.serviceAccountRoleArn === null ? {} : { annotations: { "eks.amazonaws.com/role-arn": settings.serviceAccountRoleArn } }),
    },
    automountServiceAccountToken: false,
  };
}
