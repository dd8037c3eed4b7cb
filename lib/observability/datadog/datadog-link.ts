import { datadogApp } from "@/lib/observability/datadog/sites";
import type { SourceConfig } from "@/lib/observability/sources/schema";

/** Where a deployment's pods are looked at in Datadog; null: its source is another. */
export function datadogLink(config: unknown, namespace: string, name: string): string | null {
  const c = config as SourceConfig | undefined;
  return c?.kind === "datadog" ? `${datadogApp(c.site)}/orchestration/explorer/pod?query=${encodeURIComponent(`kube_namespace:${namespace} kube_deployment:${name}-r*`)}` : null;
}
