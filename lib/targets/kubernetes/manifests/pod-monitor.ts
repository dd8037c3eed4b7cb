import { LABEL } from "@/lib/targets/kubernetes/labels";
import type { DeploymentContext, RevisionContext } from "./context";
import type { Manifest } from "./manifest";
import { metricsPortName } from "./server-container";

/** Has the Prometheus operator scrape the pods, and puts the labels on the series that Slipway asks for. null: no operator, or no metrics. */
export function renderPodMonitor(c: DeploymentContext, r: RevisionContext): Manifest | null {
  const port = metricsPortName(r);
  if (!c.settings.prometheusOperator || port === null) return null;
  return {
    apiVersion: "monitoring.coreos.com/v1", kind: "PodMonitor", metadata: { name: r.name, namespace: c.namespace, labels: r.labels },
    spec: {
      selector: { matchLabels: r.selector }, podTargetLabels: [LABEL.project, LABEL.deployment, LABEL.deploymentId, LABEL.revision],
      podMetricsEndpoints: [{ port, path: r.shape.metricsPath, interval: "15s" }],
    },
  };
}
