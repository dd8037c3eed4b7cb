import { env } from "@/lib/env";
import type { ClusterSettings } from "@/lib/targets/kubernetes/settings";

/** Stands for a cluster that is not connected: Karpenter's labels, no edge, no Prometheus. What depends on the cluster shows as it would be without it. */
export const previewSettings = (): ClusterSettings => ({
  targetSlug: "preview", instance: "preview", artifactUrl: env().baseUrl, modelServerImage: env().SLIPWAY_MODEL_SERVER_IMAGE, provider: "kubernetes", nodes: "any",
  ingress: { kind: "none" }, jwt: null, keda: false, prometheusOperator: false, prometheusUrl: null, datadogAgent: false, customMetrics: false, serviceAccountRoleArn: null, namespacePrefix: "slipway",
});
