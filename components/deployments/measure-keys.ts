import type { QueryKey } from "@tanstack/react-query";
import type { Span } from "@/components/deployments/measure-range";
import type { MetricWindow } from "@/components/deployments/metric-window";
import { keys } from "@/lib/api-client/query-keys";

/** Keys of what a deployment's page measures; below the deployment's own, so that an event reads them again. The server's prefetch uses the same. */
export const measureKeys = {
  metrics: (project: string, deployment: string, window: MetricWindow, revision: number | null, span: Span | null = null): QueryKey => [...keys.deployment(project, deployment), "metrics", ...(span ? [span.from, span.to] : [window]), revision],
  events: (project: string, deployment: string): QueryKey => [...keys.deployment(project, deployment), "events", "newest"],
  compared: (project: string, deployment: string, span: Span, stepSeconds: number, revision: number | null): QueryKey => [...keys.deployment(project, deployment), "metrics", "compared", span.from, span.to, stepSeconds, revision],
  alerts: (project: string, deployment: string): QueryKey => [...keys.alertHistory, "marks", project, deployment],
  costs: (project: string, deployment: string): QueryKey => [...keys.deployment(project, deployment), "costs", "30d"],
};
