import { HOURS_PER_MONTH, type Profile } from "@/lib/profiles/schema";
import { divideRounded, multiplyUsd, toNanodollars, toUsd } from "./money";
import { NO_PRICE } from "./quote";
import type { Forecast, ForecastCase, ForecastRequest, Working } from "./schema";

const DAYS_PER_MONTH = HOURS_PER_MONTH / 24;

/**
 * Monthly bill from declared traffic. Three cases of one calculation: low (less traffic, cheapest capacity), likely (as declared) and high
 * (more traffic, on-demand throughout). A month has 730 hours and every day the declared shape. Unknown prices give null, never 0.
 */
export function forecast(request: ForecastRequest, profile: Profile): Forecast {
  const spread = request.trafficSpread;
  return {
    profile: profile.slug, currency: "USD", estimate: true,
    low: forecastCase(request, profile, 1 - spread, 1),
    likely: forecastCase(request, profile, 1, request.spotShare),
    high: forecastCase(request, profile, 1 + spread, 0),
    assumptions: assumptionsOf(request, profile),
  };
}

function forecastCase(request: ForecastRequest, profile: Profile, traffic: number, spotShare: number): ForecastCase {
  const hours = request.requestsPerSecondByHour.map((rps) => replicasInHour(rps * traffic, request));
  const perDay = (pick: (h: HourPlan) => number) => hours.reduce((sum, h) => sum + pick(h), 0);
  const replicaHours = perDay((h) => h.replicas) * DAYS_PER_MONTH;
  const servedRequests = perDay((h) => h.servedPerSecond) * 3600 * DAYS_PER_MONTH;
  const unservedRequests = perDay((h) => h.unservedPerSecond) * 3600 * DAYS_PER_MONTH;
  const price = hourlyPrice(request, profile, spotShare);
  const monthly = price.value === null ? null : multiplyUsd(price.value, replicaHours);
  const requests = BigInt(Math.round(servedRequests));
  const per1000 = monthly === null || requests === 0n ? null : toUsd(divideRounded(toNanodollars(monthly) * 1000n, requests));
  const workings: Working[] = [
    { label: "Replica hours a day", formula: "Σ over 24 hours of clamp(⌈requests/s × s per request ÷ (concurrency × target utilisation)⌉, min, max); with min 0, × the share of the hour a replica is up", value: perDay((h) => h.replicas), unit: "replica-hours" },
    { label: "Replica hours a month", formula: `replica hours a day × ${HOURS_PER_MONTH} ÷ 24`, value: replicaHours, unit: "replica-hours" },
    { label: "Price of a replica hour", formula: price.formula, value: price.value, unit: "USD/h" },
    { label: "Monthly bill", formula: "replica hours a month × price", value: monthly, unit: "USD" },
    { label: "Predictions served a month", formula: "Σ min(requests/s, max × concurrency ÷ s per request) × 3,600 × 730 ÷ 24", value: servedRequests, unit: "predictions" },
    { label: "Cost of 1,000 predictions", formula: "monthly bill ÷ predictions × 1,000", value: per1000, unit: "USD" },
  ];
  return { monthly, per1000Predictions: per1000, replicaHours, servedRequests, unservedRequests, workings };
}

type HourPlan = { replicas: number; servedPerSecond: number; unservedPerSecond: number };

function replicasInHour(rps: number, { secondsPerRequest, scaling, concurrencyPerReplica, targetUtilisation, idleSecondsBeforeZero, startSeconds }: ForecastRequest): HourPlan {
  const s = secondsPerRequest.value;
  const mostPerSecond = (scaling.max * concurrencyPerReplica) / s;
  const served = Math.min(rps, mostPerSecond);
  // The small allowance keeps 0.7 ÷ 0.7 from becoming two replicas by binary rounding.
  const wanted = Math.ceil((rps * s) / (concurrencyPerReplica * targetUtilisation) - 1e-9);
  const replicas = Math.min(scaling.max, Math.max(scaling.min, wanted));
  const up = scaling.min === 0 && replicas <= 1 ? shareUp(rps, s, idleSecondsBeforeZero, startSeconds ?? 0) : 1;
  return { replicas: (scaling.min === 0 ? replicas : Math.max(1, replicas)) * up, servedPerSecond: served, unservedPerSecond: rps - served };
}

/**
 * Share of an hour in which the one replica of a service that scales to zero exists. Requests arrive at random (Poisson, rate λ); it stays
 * T seconds after the last one, so it is up 1 − e^(−λT) of the time, and each of the λ·e^(−λT) wakes a second adds the start.
 */
function shareUp(rps: number, secondsPerRequest: number, idleSeconds: number, startSeconds: number): number {
  const quiet = Math.exp(-rps * (idleSeconds + secondsPerRequest));
  return Math.min(1, 1 - quiet + rps * quiet * startSeconds);
}

function hourlyPrice({ onDemandDiscount }: ForecastRequest, profile: Profile, spotShare: number): { value: number | null; formula: string } {
  const list = profile.priceOnDemand?.value ?? null;
  const steady = list === null ? null : multiplyUsd(list, 1 - onDemandDiscount);
  const less = onDemandDiscount > 0 ? ` × (1 − ${onDemandDiscount})` : "";
  const spot = profile.price?.value ?? null;
  switch (profile.capacityType) {
    case "local":
      return { value: spot, formula: spot === null ? NO_PRICE : `estimate of $${spot}/h: this machine sends no bill` };
    case "on-demand":
      return { value: steady, formula: steady === null ? NO_PRICE : `on-demand $${list}/h${less}` };
    case "spot":
      return { value: spot, formula: spot === null ? NO_PRICE : `spot $${spot}/h` };
    case "spot-with-fallback": {
      if (spot === null || steady === null) return { value: null, formula: NO_PRICE };
      const mixed = toUsd(toNanodollars(multiplyUsd(spot, spotShare)) + toNanodollars(multiplyUsd(steady, 1 - spotShare)));
      return { value: mixed, formula: `${spotShare} × spot $${spot}/h + ${Number((1 - spotShare).toFixed(4))} × on-demand $${list}/h${less}` };
    }
  }
}

function assumptionsOf(request: ForecastRequest, profile: Profile): string[] {
  const percent = Math.round(request.trafficSpread * 100);
  return [
    `Low and high are ${percent}% below and above the declared traffic${profile.capacityType === "spot-with-fallback" ? "; low runs on spot throughout, high on-demand throughout" : ""}.`,
    `${request.secondsPerRequest.value} s a request, ${request.secondsPerRequest.basis}${request.secondsPerRequest.basis === "assumed" ? ": measure it on a deployment for a better forecast" : ""}.`,
    `A month has ${HOURS_PER_MONTH} hours, and every day the declared shape.`,
    "Each replica takes an instance of its own; network, storage, load balancer and the cluster itself are not included.",
    ...(request.scaling.min === 0 ? [request.startSeconds === null ? "The start from zero has not been measured and is counted as nothing." : `A start from zero takes ${request.startSeconds} s.`] : []),
    ...(request.onDemandDiscount > 0 && profile.capacityType !== "local" ? [`${Number((request.onDemandDiscount * 100).toFixed(2))}% off on-demand prices, as a savings plan or an agreement gives; none off spot.`] : []),
    ...(profile.price?.stale ? [`The price is ${profile.price.ageDays} days old.`] : []),
  ];
}
