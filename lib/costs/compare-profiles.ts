import { forecast } from "@/lib/costs/forecast";
import type { Forecast, ForecastRequest } from "@/lib/costs/schema";
import { fit, type Fit, type FitModel, type FitOptions } from "@/lib/profiles/fit";
import type { Profile } from "@/lib/profiles/schema";

export type ComparedProfile = { profile: Profile; fit: Fit; forecast: Forecast; /** Every declared request can be computed within the most replicas. */ keepsUp: boolean };

export type Comparison = {
  /** Those that keep up first, then by likely bill; without a price last. */
  rows: ComparedProfile[];
  leftOut: { doesNotFit: number; fitUnknown: number };
};

/** Every profile a model fits, with the month's bill for the declared traffic. Pure. */
export function compareProfiles(model: FitModel, profiles: readonly Profile[], traffic: ForecastRequest, options?: FitOptions): Comparison {
  const leftOut = { doesNotFit: 0, fitUnknown: 0 };
  const rows: ComparedProfile[] = [];
  for (const profile of profiles) {
    const verdict = fit(model, profile, options);
    if (verdict.verdict === "does_not_fit") { leftOut.doesNotFit++; continue; }
    if (verdict.verdict === "unknown") { leftOut.fitUnknown++; continue; }
    const f = forecast(traffic, profile);
    rows.push({ profile, fit: verdict, forecast: f, keepsUp: f.likely.unservedRequests === 0 });
  }
  rows.sort((a, b) => Number(b.keepsUp) - Number(a.keepsUp) || (a.forecast.likely.monthly ?? Infinity) - (b.forecast.likely.monthly ?? Infinity) || a.profile.slug.localeCompare(b.profile.slug));
  return { rows, leftOut };
}
