import { instanceSelector, LABEL } from "@/lib/targets/kubernetes/labels";

/** Selector of everything this installation made, or of these deployments of it, as a list call takes it. */
export function selectorOf(instance: string, deploymentIds?: readonly string[]): string {
  const own = instanceSelector({ instance });
  if (deploymentIds === undefined) return own;
  return `${own},${LABEL.deploymentId}${deploymentIds.length === 1 ? `=${deploymentIds[0]}` : ` in (${deploymentIds.join(",")})`}`;
}
