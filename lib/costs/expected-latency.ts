import type { ForecastRequest } from "@/lib/costs/schema";

/** Share of requests that may take longer. */
const TAIL = 0.05;

/**
 * p95 of the busiest hour, in seconds: `computeP95`, by default the declared time as if every request took exactly that long, + the 95th percentile of
 * waiting for a free place (Erlang C: requests arrive at random, compute times spread as an exponential, the places of all replicas serve one queue, first
 * come first served). Adding the two is above the p95 of their sum. null: more arrives than can be computed, so the queue only grows. Starts from zero and
 * what a network adds are not in it. Pure.
 */
export function expectedP95({ requestsPerSecondByHour, secondsPerRequest, scaling, concurrencyPerReplica, targetUtilisation }: ForecastRequest, computeP95 = secondsPerRequest.value): number | null {
  const rate = Math.max(...requestsPerSecondByHour);
  const s = secondsPerRequest.value;
  const wanted = Math.ceil((rate * s) / (concurrencyPerReplica * targetUtilisation) - 1e-9);
  const places = Math.min(scaling.max, Math.max(1, scaling.min, wanted)) * concurrencyPerReplica;
  const load = rate * s;
  if (load >= places) return null;
  const waits = erlangC(places, load);
  return computeP95 + Math.max(0, (Math.log(waits / TAIL) * s) / (places - load));
}

/** Probability that a request finds every place taken. By Erlang B's recursion, which stays exact for many places. */
export function erlangC(places: number, load: number): number {
  if (load <= 0) return 0;
  let blocked = 1;
  for (let n = 1; n <= places; n++) blocked = (load * blocked) / (n + load * blocked);
  return blocked / (1 - (load / places) * (1 - blocked));
}
