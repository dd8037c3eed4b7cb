import { forecast } from "@/lib/costs/forecast";
import { compareProfiles } from "@/lib/costs/compare-profiles";
import type { Forecast, ForecastRequest } from "@/lib/costs/schema";
import { spotVerdict, type SpotVerdict } from "@/lib/costs/spot-verdict";
import { fitModelOf } from "@/lib/models/fit-version";
import { fit, type Fit } from "@/lib/profiles/fit";
import { getProfile, listProfiles } from "@/lib/profiles/list-profiles";
import type { Profile } from "@/lib/profiles/schema";

type Asked = { profiles?: string[]; target?: string; traffic: ForecastRequest; model?: string; version?: number; availability: number };
export type ForecastItem = { forecast: Forecast; fit: Fit | null; keepsUp: boolean; spotVerdict: SpotVerdict | null };

/** Forecasts of the profiles named, in their order; or of all that the version fits, those that keep up first, then by likely bill. */
export async function forecastProfiles(projectId: string, asked: Asked): Promise<ForecastItem[]> {
  const { traffic } = asked;
  const model = asked.model !== undefined && asked.version !== undefined ? await fitModelOf(projectId, asked.model, asked.version) : null;
  const verdictOn = (profile: Profile) => spotOn(profile, traffic, asked.availability);
  if (asked.profiles || !model) {
    return Promise.all((asked.profiles ?? []).map(async (slug) => {
      const profile = await getProfile(slug);
      const f = forecast(traffic, profile);
      return { forecast: f, fit: model && fit(model, profile), keepsUp: f.likely.unservedRequests === 0, spotVerdict: verdictOn(profile) };
    }));
  }
  const { items } = await listProfiles({ limit: 10_000, ...(asked.target === undefined ? {} : { target: asked.target }) });
  return compareProfiles(model, items, traffic).rows.map(({ profile, ...row }) => ({ ...row, spotVerdict: verdictOn(profile) }));
}

/** For the replicas of the busiest hour, all of which are needed in it: that is when a loss is felt. */
function spotOn(profile: Profile, { requestsPerSecondByHour, secondsPerRequest, concurrencyPerReplica, scaling, startSeconds }: ForecastRequest, availability: number): SpotVerdict | null {
  if (profile.capacityType !== "spot" && profile.capacityType !== "spot-with-fallback") return null;
  const busiest = Math.max(...requestsPerSecondByHour);
  const neededReplicas = Math.min(scaling.max, Math.max(1, Math.ceil((busiest * secondsPerRequest.value) / concurrencyPerReplica - 1e-9)));
  return spotVerdict({ rangeIndex: profile.spot?.rangeIndex ?? null, startSeconds, replicas: scaling.max, neededReplicas, availability });
}
