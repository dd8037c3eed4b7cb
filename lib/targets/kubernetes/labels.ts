import type { ClusterSettings } from "@/lib/targets/kubernetes/settings";
import type { DeploymentRef } from "@/lib/targets/target";

export const FIELD_MANAGER = "slipway";
export const LABEL = {
  name: "app.kubernetes.io/name", appInstance: "app.kubernetes.io/instance", managedBy: "app.kubernetes.io/managed-by",
  instance: "slipway.dev/instance", project: "slipway.dev/project", projectId: "slipway.dev/project-id", environment: "slipway.dev/environment",
  deployment: "slipway.dev/deployment", deploymentId: "slipway.dev/deployment-id", revision: "slipway.dev/revision", generation: "slipway.dev/generation",
} as const;
/** Hash of the whole DeploymentSpec, on the revisions' Deployments only, never in a pod template. */
export const SPEC_HASH_ANNOTATION = "slipway.dev/spec-hash";
/** The reference of a deployment is read back from these. */
export type Labels = Record<string, string>;

/** Text as the value of a label: what a label may not hold is left out. Identity is in the ids, which always fit. */
export function labelValue(text: string): string {
  return text.replace(/[^A-Za-z0-9._-]+/g, "-").slice(0, 63).replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, "");
}

/** On the namespace and everything in it that belongs to the project as a whole. */
export function projectLabels(ref: Pick<DeploymentRef, "project" | "projectId">, settings: Pick<ClusterSettings, "instance">): Labels {
  return {
    [LABEL.managedBy]: FIELD_MANAGER, [LABEL.instance]: labelValue(settings.instance),
    [LABEL.project]: labelValue(ref.project), [LABEL.projectId]: labelValue(ref.projectId),
  };
}

/** On everything of a deployment. Pods carry these too, so nothing in them may change while the deployment lives. */
export function deploymentLabels(ref: DeploymentRef, settings: Pick<ClusterSettings, "instance">): Labels {
  return { ...projectLabels(ref, settings), [LABEL.name]: labelValue(ref.deployment), [LABEL.deployment]: labelValue(ref.deployment), [LABEL.deploymentId]: labelValue(ref.id) };
}

/** What selects the pods of a deployment, in its namespace. */
export const deploymentSelector = (ref: Pick<DeploymentRef, "id">): Labels => ({ [LABEL.deploymentId]: labelValue(ref.id) });

/** What selects the pods of one revision. Immutable in a Deployment. */
export const revisionSelector = (ref: Pick<DeploymentRef, "id">, n: number): Labels => ({ ...deploymentSelector(ref), [LABEL.revision]: String(n) });

/** Selector of everything this installation made in a cluster, as a list call takes it. */
export const instanceSelector = (settings: Pick<ClusterSettings, "instance">): string => `${LABEL.managedBy}=${FIELD_MANAGER},${LABEL.instance}=${labelValue(settings.instance)}`;

/** The deployment an object belongs to; null: it carries no such labels. */
export function refOfLabels(labels: Labels | undefined): DeploymentRef | null {
  const [id, project, projectId, deployment] = [LABEL.deploymentId, LABEL.project, LABEL.projectId, LABEL.deployment].map((key) => labels?.[key]);
  return id && project && projectId && deployment ? { id, project, projectId, deployment } : null;
}
