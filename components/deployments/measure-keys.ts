import type { QueryKey } from "@tanstack/react-query";
import type { MetricWindow } from "@/components/deployments/metric-window";
import { keys } from "@/lib/api-client/query-keys";

/** Keys of what a deployment's page measures; below the deployment's own, so that an event reads them again. The server's prefetch uses the same. */
export const measureKeys = {
  metrics: (project: string, deployment: string, window: MetricWindow, revision: number | null): QueryKey => [...keys.deployment(project, deployment), "metrics", window, revision],
  events: (project: string, deployment: string): QueryKey => [...keys.deployment(project, deployment), "events", "newest"],
  costs: (project: string, deployment: string): QueryKey => [...keys.deployment(project, deployment), "costs", "30d"],
};
