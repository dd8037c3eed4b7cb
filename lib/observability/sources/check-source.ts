import { askOf, type Ask, type PrometheusConnection } from "@/lib/observability/prometheus/ask";
import { checkDatadog } from "@/lib/observability/datadog/check-datadog";
import { isDatadog, type Connection } from "@/lib/observability/sources/connection-of";
import type { SourceHealth } from "@/lib/observability/sources/schema";
import { UselessAnswer } from "@/lib/observability/useless-answer";

const FAMILIES = [
  { name: "cAdvisor", metric: "container_cpu_usage_seconds_total", gives: "processor, memory, throttling" },
  { name: "kube-state-metrics", metric: "kube_pod_info", gives: "replicas, restarts, nodes" },
  { name: "DCGM exporter", metric: "DCGM_FI_DEV_GPU_UTIL", gives: "GPU utilisation and memory" },
] as const;

/** Asks a source now: whether it answers, and which exporters' series it has. Never throws for what the source does. */
export const checkSource = (connection: Connection): Promise<SourceHealth> => (isDatadog(connection) ? checkDatadog(connection) : checkPrometheus(connection));

async function checkPrometheus(connection: PrometheusConnection, ask: Ask = askOf(connection)): Promise<SourceHealth> {
  const count = async (expression: string): Promise<number> => (await ask("query", { query: expression })).series[0]?.points[0]?.[1] ?? 0;
  try {
    await count("vector(1)");
  } catch (error) {
    if (!(error instanceof UselessAnswer)) throw error;
    return { ok: false, message: error.message, found: [] };
  }
  const found = await Promise.all(FAMILIES.map(async ({ name, metric, gives }) => ({ name, gives, series: await count(`count(${metric})`).catch((error: unknown) => {
    if (error instanceof UselessAnswer) return null;
    throw error;
  }) })));
  return { ok: true, message: "It answers.", found };
}
