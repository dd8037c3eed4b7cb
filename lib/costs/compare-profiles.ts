import { expectedP95 } from "@/lib/costs/expected-latency";
import { forecast } from "@/lib/costs/forecast";
import type { MeasuredSeconds } from "@/lib/costs/measured-seconds";
import type { Forecast, ForecastRequest } from "@/lib/costs/schema";
import { fit, type Fit, type FitModel, type FitOptions } from "@/lib/profiles/fit";
import type { Profile } from "@/lib/profiles/schema";

/** What a forecast means for the requests: whether all are computed, how long the slow ones take, and whether that is what was wanted. */
export type Service = {
  /** Every declared request can be computed within the most replicas. */
  keepsUp: boolean;
  /** Of the busiest hour; null: the queue only grows. */
  expectedP95Seconds: number | null;
  /** null: no limit was given. */
  meetsLatency: boolean | null;
  secondsPerRequest: ForecastRequest["secondsPerRequest"];
};
export type ComparedProfile = Service & { profile: Profile; fit: Fit; forecast: Forecast };

export type Comparison = {
  /** Those that keep up and meet the latency first, then by likely bill; without a price last. */
  rows: ComparedProfile[];
  leftOut: { doesNotFit: number; fitUnknown: number };
};

/** Compute time of this model as measured on a profile; null: it never ran there. */
export type SecondsOn = (profile: Profile) => MeasuredSeconds | null;

/** The traffic as this profile meets it: with its own measured time, where there is one. */
export const trafficOn = (traffic: ForecastRequest, profile: Profile, secondsOn: SecondsOn = () => null): ForecastRequest => {
  const measured = secondsOn(profile);
  return measured === null || measured.mean <= 0 ? traffic : { ...traffic, secondsPerRequest: { value: measured.mean, basis: "measured" } };
};

/** `computeP95`: of one request's compute time, in seconds, where it was measured. Pure. */
export function serviceOf(traffic: ForecastRequest, f: Forecast, computeP95?: number): Service {
  const p95 = expectedP95(traffic, computeP95);
  return {
    keepsUp: f.likely.unservedRequests === 0, expectedP95Seconds: p95, secondsPerRequest: traffic.secondsPerRequest,
    meetsLatency: traffic.latencyLimitSeconds === null ? null : p95 !== null && p95 <= traffic.latencyLimitSeconds,
  };
}

/** Every profile a model fits, with the month's bill for the declared traffic. Pure. */
export function compareProfiles(model: FitModel, profiles: readonly Profile[], traffic: ForecastRequest, options?: FitOptions, secondsOn?: SecondsOn): Comparison {
  const leftOut = { doesNotFit: 0, fitUnknown: 0 };
  const rows: ComparedProfile[] = [];
  for (const profile of profiles) {
    const verdict = fit(model, profile, options);
    if (verdict.verdict === "does_not_fit") { leftOut.doesNotFit++; continue; }
    if (verdict.verdict === "unknown") { leftOut.fitUnknown++; continue; }
    const own = trafficOn(traffic, profile, secondsOn);
    const f = forecast(own, profile);
    rows.push({ profile, fit: verdict, forecast: f, ...serviceOf(own, f, own === traffic ? undefined : secondsOn?.(profile)?.p95) });
  }
  const good = (r: ComparedProfile) => Number(r.keepsUp && r.meetsLatency !== false);
  rows.sort((a, b) => good(b) - good(a) || Number(b.keepsUp) - Number(a.keepsUp) || (a.forecast.likely.monthly ?? Infinity) - (b.forecast.likely.monthly ?? Infinity) || a.profile.slug.localeCompare(b.profile.slug));
  return { rows, leftOut };
}
