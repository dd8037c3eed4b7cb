import type { DeploymentContext, RevisionContext } from "./context";
import { edgeRequestsQuery } from "./edge-metric";

export type Scaler =
  | { kind: "fixed"; replicas: number; why: string }
  | { kind: "cpu"; min: number; max: number }
  | { kind: "pods-metric"; min: number; max: number; metric: string; perReplica: number }
  | { kind: "keda"; min: number; max: number; query: string; perReplica: number; /** From how long a quiet time the last pod goes. */ idleSeconds?: number };

/** What sets the number of replicas. One that can be had is always taken; where none can, the number is fixed and `why` says so. */
export function scalerOf(c: DeploymentContext, r: RevisionContext): Scaler {
  const { max, targetConcurrency, idleSecondsBeforeZero } = c.spec.scaling;
  // A revision that has not served yet keeps a pod: that is how it is known that the model loads at all.
  const min = max === 0 || r.revision.mayScaleToZero ? c.spec.scaling.min : Math.max(1, c.spec.scaling.min);
  const { settings } = c;
  if (max === 0) return { kind: "fixed", replicas: 0, why: "The deployment is stopped." };
  const prometheus = settings.keda && settings.prometheusUrl !== null;
  if (min === 0) {
    // From zero a pod's own metric can never wake it: only what the edge counts can.
    const query = prometheus ? edgeRequestsQuery(c) : null;
    return query === null
      ? { kind: "fixed", replicas: 1, why: "Scaling from zero needs KEDA, Prometheus and a Gateway that counts requests; one replica is kept instead." }
      : { kind: "keda", min, max, query, perReplica: targetConcurrency, idleSeconds: idleSecondsBeforeZero };
  }
  if (min === max) return { kind: "fixed", replicas: min, why: "Minimum and maximum are the same." };
  const load = r.runtime.load;
  if (load !== null && prometheus) return { kind: "keda", min, max, query: `sum(${load.name}{namespace="${c.namespace}",pod=~"${r.name}-.*"})`, perReplica: targetConcurrency };
  if (load !== null && settings.customMetrics && !load.name.includes(":")) return { kind: "pods-metric", min, max, metric: load.name, perReplica: targetConcurrency };
  if (r.revision.resources.accelerator === null) return { kind: "cpu", min, max };
  return { kind: "fixed", replicas: min, why: "Scaling a GPU model needs its concurrency: connect Prometheus with KEDA or the Prometheus adapter. Processor use says nothing of a GPU." };
}
