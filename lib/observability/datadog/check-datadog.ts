import { countsOf } from "@/lib/observability/datadog/counts";
import { askDatadog, type AskDatadog, type DatadogConnection } from "@/lib/observability/datadog/ask";
import type { SourceHealth } from "@/lib/observability/sources/schema";
import { UselessAnswer } from "@/lib/observability/useless-answer";

/** What is asked for, by the number of Kubernetes namespaces it comes from: the agent's checks that measures need. */
const FAMILIES = [
  { name: "Kubelet check", query: "kubernetes.cpu.usage.total", by: "kube_namespace", gives: "processor, memory, throttling, restarts" },
  { name: "Kubernetes State Metrics Core", query: "kubernetes_state.deployment.replicas_available", by: "kube_namespace", gives: "replicas" },
  { name: "DCGM exporter", query: "dcgm.gpu_utilization", by: "namespace", gives: "GPU utilisation and memory" },
] as const;
const LOOKED_BACK_SECONDS = 600;

/** Asks Datadog now, in one request: whether it takes the keys, and what the agent sends. Never throws for what Datadog does. */
export async function checkDatadog(connection: DatadogConnection, now = new Date(), ask: AskDatadog = askDatadog(connection, Date.now, { anew: true })): Promise<SourceHealth> {
  const toSeconds = Math.floor(now.getTime() / 1000);
  try {
    const queries = Object.fromEntries(FAMILIES.map((f, i) => [`family_${i}`, `avg:${f.query}{*} by {${f.by}}`]));
    const answer = await ask(queries, { fromSeconds: toSeconds - LOOKED_BACK_SECONDS, toSeconds, bucketSeconds: 60 });
    const found = FAMILIES.map(({ name, gives }, i) => ({ name, gives, series: countsOf({ ...answer, series: new Map([["one", answer.series.get(`family_${i}`) ?? []]]) }, "one").some((v) => v !== null) ? answer.series.get(`family_${i}`)!.length : 0 }));
    return { ok: true, message: "It answers.", found };
  } catch (error) {
    if (!(error instanceof UselessAnswer)) throw error;
    return { ok: false, message: error.message, found: [] };
  }
}
