import type { DeploymentContext, RevisionContext } from "./context";
import type { Manifest } from "./manifest";
import { scalerOf } from "./scaler";

/** A model takes minutes to start: what was added stays until five quiet minutes have gone by. */
const behavior = {
  scaleUp: { stabilizationWindowSeconds: 0, policies: [{ type: "Percent", value: 100, periodSeconds: 60 }, { type: "Pods", value: 2, periodSeconds: 60 }], selectPolicy: "Max" },
  scaleDown: { stabilizationWindowSeconds: 300, policies: [{ type: "Percent", value: 50, periodSeconds: 60 }], selectPolicy: "Max" },
};
/** Of the CPU a replica asked for. */
const CPU_PERCENT = 70;

/** The HPA or KEDA's ScaledObject of a revision, never both; null where the number is fixed. */
export function renderAutoscaler(c: DeploymentContext, r: RevisionContext): Manifest | null {
  const scaler = scalerOf(c, r);
  if (scaler.kind === "fixed") return null;
  const metadata = { name: r.name, namespace: c.namespace, labels: r.labels };
  const target = { apiVersion: "apps/v1", kind: "Deployment", name: r.name };
  if (scaler.kind === "keda") {
    return {
      apiVersion: "keda.sh/v1alpha1", kind: "ScaledObject", metadata,
      spec: {
        scaleTargetRef: target, pollingInterval: 15, cooldownPeriod: scaler.idleSeconds ?? 300, minReplicaCount: scaler.min, maxReplicaCount: scaler.max,
        // Without an answer from Prometheus it keeps what is needed at least, instead of going to nothing.
        fallback: { failureThreshold: 3, replicas: Math.max(1, scaler.min) },
        advanced: { horizontalPodAutoscalerConfig: { behavior } },
        triggers: [{ type: "prometheus", metricType: "AverageValue", metadata: { serverAddress: c.settings.prometheusUrl, query: scaler.query, threshold: String(scaler.perReplica), activationThreshold: "0", ignoreNullValues: "true" } }],
      },
    };
  }
  const metric = scaler.kind === "cpu"
    ? { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: CPU_PERCENT } } }
    : { type: "Pods", pods: { metric: { name: scaler.metric }, target: { type: "AverageValue", averageValue: String(scaler.perReplica) } } };
  return { apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", metadata, spec: { scaleTargetRef: target, minReplicas: scaler.min, maxReplicas: scaler.max, metrics: [metric], behavior } };
}
