import { stringify } from "yaml";
import { namePart } from "@/lib/targets/kubernetes/names";

/** A dashboard as the ConfigMap that Grafana's sidecar (of its Helm chart) takes up by its label. */
export function dashboardConfigMap(dashboard: Record<string, unknown>, uid: string): string {
  const name = namePart(`grafana-${uid}`, 63);
  return stringify({
    apiVersion: "v1", kind: "ConfigMap",
    metadata: { name, labels: { grafana_dashboard: "1", "app.kubernetes.io/managed-by": "slipway" } },
    data: { [`${uid}.json`]: JSON.stringify(dashboard, null, 1) },
  }, { lineWidth: 0 });
}
