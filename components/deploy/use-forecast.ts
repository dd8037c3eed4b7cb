import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { AVAILABILITY, requestsByHour, trafficProblem, type Traffic } from "@/components/deploy/traffic";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { Extrapolation } from "@/lib/costs/extrapolate";
import type { Forecast } from "@/lib/costs/schema";
import type { SpotVerdict } from "@/lib/costs/spot-verdict";
import type { Fit } from "@/lib/profiles/fit";
import type { DeploymentDto, DeploymentRowDto } from "@/lib/deployments/schema";

type Asked = { project: string; /** Its discount applies. */ target: string | undefined; profile: string | undefined; scaling: { min: number; max: number; idleSecondsBeforeZero: number }; /** null: not measured. */ startSeconds: number | null; traffic: Traffic; basis: "measured" | "assumed" };

/** Low, likely and high monthly bill of the chosen profile, asked anew as the form changes. */
export function useForecast({ project, target, profile, scaling: { idleSecondsBeforeZero, ...scaling }, startSeconds, traffic, basis }: Asked) {
  const sound = Boolean(profile) && trafficProblem(traffic) === null && Number.isInteger(scaling.min) && Number.isInteger(scaling.max) && scaling.min >= 0 && scaling.max >= Math.max(1, scaling.min) && scaling.max <= 200;
  const body = { profiles: [profile], ...(target ? { target } : {}), availability: traffic.availability ?? AVAILABILITY, traffic: { ...asked(traffic), secondsPerRequest: { value: traffic.seconds, basis }, scaling, startSeconds, ...idleOf(scaling.min, idleSecondsBeforeZero) } };
  return useQuery({
    queryKey: ["forecast", project, body], enabled: sound, placeholderData: keepPreviousData, staleTime: 60_000, retry: false,
    queryFn: ({ signal }) => fetchJson<{ items: { forecast: Forecast; spotVerdict: SpotVerdict | null }[] }>(`/api/v1/projects/${project}/forecasts`, { body, signal }),
    select: (answer) => answer.items[0] ?? null,
  });
}

const asked = (traffic: Traffic) => ({ requestsPerSecondByHour: requestsByHour(traffic), ...(traffic.spotShare === undefined ? {} : { spotShare: traffic.spotShare }) });
const idleOf = (min: number, idleSecondsBeforeZero: number | undefined) => (min === 0 && Number.isFinite(idleSecondsBeforeZero) ? { idleSecondsBeforeZero } : {});

type Comparison = { project: string; model: string; version: number; target?: string; scaling: { min: number; max: number; idleSecondsBeforeZero?: number }; /** Measured on the target; null: not. */ startSeconds: number | null; traffic: Traffic };
export type ComparedItem = { forecast: Forecast; keepsUp: boolean; meetsLatency: boolean | null; expectedP95Seconds: number | null; secondsPerRequest: { value: number; basis: "measured" | "assumed" }; fit: Fit | null; spotVerdict: SpotVerdict | null };

/** Every profile that the version fits, those that keep up and meet the latency first, then by likely bill. */
export function useComparison({ project, model, version, target, scaling: { idleSecondsBeforeZero, ...scaling }, startSeconds, traffic }: Comparison) {
  const sound = trafficProblem(traffic) === null && Number.isInteger(scaling.min) && Number.isInteger(scaling.max) && scaling.min >= 0 && scaling.max >= Math.max(1, scaling.min) && scaling.max <= 200;
  const body = { model, version, ...(target ? { target } : {}), availability: traffic.availability ?? AVAILABILITY, traffic: { ...asked(traffic), secondsPerRequest: { value: traffic.seconds, basis: "assumed" }, scaling, startSeconds, ...idleOf(scaling.min, idleSecondsBeforeZero), latencyLimitSeconds: traffic.limitSeconds ?? null } };
  return useQuery({
    queryKey: ["comparison", project, body], enabled: sound, placeholderData: keepPreviousData, staleTime: 60_000, retry: false,
    queryFn: ({ signal }) => fetchJson<{ items: ComparedItem[] }>(`/api/v1/projects/${encodeURIComponent(project)}/forecasts`, { body, signal }),
  });
}

/** The last measured start of this model on the target, where it runs there; null: none was measured. Elsewhere it would start at another speed. */
export function useMeasuredStart(project: string, model: string, target: string | undefined) {
  return useQuery({
    queryKey: [...keys.deployments(project), "started", model, target], enabled: target !== undefined, staleTime: 60_000, retry: false,
    queryFn: async ({ signal }) => {
      const base = `/api/v1/projects/${project}/deployments`;
      const { items } = await fetchJson<{ items: DeploymentRowDto[] }>(`${base}?model=${encodeURIComponent(model)}&limit=20`, { signal });
      const there = items.find((d) => d.target === target);
      if (!there) return null;
      const { status, slug } = await fetchJson<DeploymentDto>(`${base}/${there.slug}`, { signal });
      return status.lastStart ? { seconds: status.lastStart.seconds, deployment: slug } : null;
    },
  });
}

/** Mean compute time of a request in seconds, where this model already answers somewhere in the project; null: nothing was measured yet. */
export function useMeasuredSeconds(project: string, model: string) {
  return useQuery({
    queryKey: [...keys.deployments(project), "measured", model], staleTime: 60_000, retry: false,
    queryFn: async ({ signal }) => {
      const base = `/api/v1/projects/${project}/deployments`;
      const { items } = await fetchJson<{ items: DeploymentDto[] }>(`${base}?model=${encodeURIComponent(model)}&limit=1`, { signal });
      if (!items[0]) return null;
      const { extrapolation } = await fetchJson<{ extrapolation: Extrapolation | null }>(`${base}/${items[0].slug}/on-aws`, { signal });
      return extrapolation ? { seconds: extrapolation.measured.meanMs / 1000, predictions: extrapolation.measured.predictions, deployment: items[0].slug } : null;
    },
  });
}
