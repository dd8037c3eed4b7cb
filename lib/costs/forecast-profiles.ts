import { forecast } from "@/lib/costs/forecast";
import { compareProfiles, serviceOf, trafficOn, type Service } from "@/lib/costs/compare-profiles";
import { measuredSeconds, type MeasuredSeconds } from "@/lib/costs/measured-seconds";
import type { Forecast, ForecastRequest } from "@/lib/costs/schema";
import { spotVerdict, type SpotVerdict } from "@/lib/costs/spot-verdict";
import { fitModelOf } from "@/lib/models/fit-version";
import { fit, type Fit } from "@/lib/profiles/fit";
import { getProfile, listProfiles } from "@/lib/profiles/list-profiles";
import { findTarget } from "@/lib/targets-catalogue/find-target";
import { readSettings } from "@/lib/targets/kubernetes/target-settings";
import type { Profile } from "@/lib/profiles/schema";

type Asked = { profiles?: string[]; target?: string; traffic: ForecastRequest; model?: string; version?: number; availability: number };
export type ForecastItem = Service & { forecast: Forecast; fit: Fit | null; spotVerdict: SpotVerdict | null };

/**
 * Forecasts of the profiles named, in their order; or of all that the version fits, those that keep up and meet the latency first, then by likely bill.
 * A profile that the model ran on is reckoned with the time measured there.
 */
export async function forecastProfiles(projectId: string, asked: Asked, now = new Date()): Promise<ForecastItem[]> {
  const traffic = { ...asked.traffic, onDemandDiscount: asked.traffic.onDemandDiscount || (await discountOf(asked.target)) };
  const [model, measured] = asked.model !== undefined && asked.version !== undefined
    ? await Promise.all([fitModelOf(projectId, asked.model, asked.version), measuredSeconds(projectId, asked.model, now)]) : [null, new Map<string, MeasuredSeconds>()];
  const secondsOn = (profile: Profile) => (asked.profiles ? null : (measured.get(profile.slug) ?? null));
  const verdictOn = (profile: Profile) => spotOn(profile, trafficOn(traffic, profile, secondsOn), asked.availability);
  if (asked.profiles || !model) {
    return Promise.all((asked.profiles ?? []).map(async (slug) => {
      const profile = await getProfile(slug);
      const f = forecast(traffic, profile);
      return { forecast: f, fit: model && fit(model, profile), ...serviceOf(traffic, f), spotVerdict: verdictOn(profile) };
    }));
  }
  const { items } = await listProfiles({ limit: 10_000, ...(asked.target === undefined ? {} : { target: asked.target }) });
  return compareProfiles(model, items, traffic, undefined, secondsOn).rows.map(({ profile, ...row }) => ({ ...row, spotVerdict: verdictOn(profile) }));
}

/** For the replicas of the busiest hour, all of which are needed in it: that is when a loss is felt. */
function spotOn(profile: Profile, { requestsPerSecondByHour, secondsPerRequest, concurrencyPerReplica, scaling, startSeconds }: ForecastRequest, availability: number): SpotVerdict | null {
  if (profile.capacityType !== "spot" && profile.capacityType !== "spot-with-fallback") return null;
  const busiest = Math.max(...requestsPerSecondByHour);
  const neededReplicas = Math.min(scaling.max, Math.max(1, Math.ceil((busiest * secondsPerRequest.value) / concurrencyPerReplica - 1e-9)));
  return spotVerdict({ rangeIndex: profile.spot?.rangeIndex ?? null, startSeconds, replicas: scaling.max, neededReplicas, availability });
}

/** What a target's settings take off on-demand prices, 0..1. */
async function discountOf(target: string | undefined): Promise<number> {
  return target === undefined ? 0 : (readSettings((await findTarget(target)).settings).onDemandDiscountPercent ?? 0) / 100;
}
