import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ReplicaTimeCost } from "@/components/deployments/cost-words";
import type { DeploymentEventDto } from "@/components/deployments/event-marks";
import { measureKeys } from "@/components/deployments/measure-keys";
import { REFRESH_MS, type MetricWindow } from "@/components/deployments/metric-window";
import { fetchJson } from "@/lib/api-client/fetch-json";
import type { Metrics } from "@/lib/observability/metrics-source";

const pathOf = (project: string, deployment: string) => `/api/v1/projects/${project}/deployments/${deployment}`;

/** Measures of a window, read again as its steps end; the window before stays until the next one is there. `revision` null: all. */
export const useMetrics = (project: string, deployment: string, window: MetricWindow, revision: number | null) => useQuery({
  queryKey: measureKeys.metrics(project, deployment, window, revision),
  queryFn: ({ signal }) => fetchJson<Metrics>(`${pathOf(project, deployment)}/metrics?window=${window}${revision === null ? "" : `&revision=${revision}`}`, { signal }),
  refetchInterval: REFRESH_MS[window], placeholderData: keepPreviousData,
});

/** The newest events: what the marks on the time axis are made of. */
export const useNewestEvents = (project: string, deployment: string) => useQuery({
  queryKey: measureKeys.events(project, deployment),
  queryFn: ({ signal }) => fetchJson<{ items: DeploymentEventDto[] }>(`${pathOf(project, deployment)}/events?limit=200`, { signal }),
});

/** Measured cost of the last 30 days. */
export const useDeploymentCost = (project: string, deployment: string) => useQuery({
  queryKey: measureKeys.costs(project, deployment),
  queryFn: ({ signal }) => fetchJson<ReplicaTimeCost>(`${pathOf(project, deployment)}/costs?window=30d`, { signal }),
  refetchInterval: 60_000,
});
