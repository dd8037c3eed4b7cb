import { DATADOG_SERVERS } from "@/lib/observability/datadog/servers";
import type { DeploymentContext, RevisionContext } from "./context";

/** Has the node's Datadog agent read the pod's metrics, those that Slipway asks for alone, under `slipway.`. Nothing where there is no agent, or there are no metrics. */
export function datadogCheck(c: DeploymentContext, { shape, runtime }: RevisionContext): Record<string, string> {
  if (!c.settings.datadogAgent || shape.ports.metrics === null) return {};
  const metrics = Object.entries(DATADOG_SERVERS[runtime.dialect].fetch).map(([name, as]) => (name === as ? name : { [name]: as }));
  const instance = { openmetrics_endpoint: `http://%%host%%:${shape.ports.metrics}${shape.metricsPath}`, namespace: "slipway", metrics };
  return { "ad.datadoghq.com/server.checks": JSON.stringify({ openmetrics: { init_config: {}, instances: [instance] } }) };
}
