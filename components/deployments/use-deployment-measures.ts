import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { againIfFailed } from "@/components/query/should-retry";
import type { ReplicaTimeCost } from "@/components/deployments/cost-words";
import type { DeploymentEventDto } from "@/components/deployments/event-marks";
import { measureKeys } from "@/components/deployments/measure-keys";
import type { Span } from "@/components/deployments/measure-range";
import { REFRESH_MS, type MetricWindow } from "@/components/deployments/metric-window";
import { fetchJson } from "@/lib/api-client/fetch-json";
import type { IncidentDto } from "@/lib/alerts/schema";
import type { Metrics } from "@/lib/observability/metrics-source";

const pathOf = (project: string, deployment: string) => `/api/v1/projects/${project}/deployments/${deployment}`;

const queryOf = (asked: Record<string, string | number | null>) => new URLSearchParams(Object.entries(asked).flatMap(([k, v]) => (v === null ? [] : [[k, String(v)]])));

/** Measures of a window, read again as its steps end, or of a part of the past; what was shown before stays until the next is there. `revision` null: all. */
export const useMetrics = (project: string, deployment: string, window: MetricWindow, revision: number | null, span: Span | null) => useQuery({
  queryKey: measureKeys.metrics(project, deployment, window, revision, span),
  queryFn: ({ signal }) => fetchJson<Metrics>(`${pathOf(project, deployment)}/metrics?${queryOf(span ? { ...span, revision } : { window, revision })}`, { signal }),
  refetchInterval: span ? (q) => againIfFailed(q) : REFRESH_MS[window], placeholderData: keepPreviousData,
});

/** What these measures are held against, on their own steps. null: nothing. */
export const useCompared = (project: string, deployment: string, asked: { span: Span; stepSeconds: number; revision: number | null } | null) => useQuery({
  queryKey: measureKeys.compared(project, deployment, asked?.span ?? { from: 0, to: 0 }, asked?.stepSeconds ?? 0, asked?.revision ?? null), enabled: asked !== null, placeholderData: keepPreviousData, staleTime: 300_000,
  queryFn: ({ signal }) => fetchJson<Metrics>(`${pathOf(project, deployment)}/metrics?${queryOf({ ...asked!.span, step: asked!.stepSeconds, revision: asked!.revision })}`, { signal }),
});

/** The newest alerts of a deployment, for marks. */
export const useAlertMarks = (project: string, deployment: string) => useQuery({
  queryKey: measureKeys.alerts(project, deployment),
  queryFn: ({ signal }) => fetchJson<{ items: IncidentDto[] }>(`/api/v1/projects/${project}/alerts?${queryOf({ state: "all", deployment, limit: 100 })}`, { signal }),
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
