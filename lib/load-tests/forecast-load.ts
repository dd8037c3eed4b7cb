import { loadsOf, secondsOf, type LoadForecast, type LoadPlan } from "@/lib/load-tests/schema";

/** `latencySeconds`, `computeSeconds`: measured means of this revision; null: not known. */
export type LoadFacts = {
  revision: number; requestBytes: number; replicas: { ready: number; max: number }; pricePerHour: number | null; priceNote: string | null;
  measured: { latencySeconds: number | null; computeSeconds: number | null };
};

/** What a test will send and cost, before it begins. Pure. */
export function forecastLoad(plan: LoadPlan, facts: LoadFacts): LoadForecast {
  const seconds = secondsOf(plan);
  const cost = (replicas: number) => (facts.pricePerHour === null ? null : (replicas * facts.pricePerHour * seconds) / 3600);
  const { requests, basis } = expectedRequests(plan, facts);
  const warnings: string[] = [];
  if (facts.replicas.ready < facts.replicas.max) warnings.push(`The load may make it scale from ${facts.replicas.ready} to ${facts.replicas.max} replicas; each step says how many served.`);
  warnings.push("Callers share the replicas with the test: their requests wait behind it, and alerts on latency or errors may fire.");
  return {
    revision: facts.revision, seconds, requestBytes: facts.requestBytes, requests, requestsBasis: basis, replicas: facts.replicas, pricePerHour: facts.pricePerHour, priceNote: facts.priceNote,
    costUsd: cost(facts.replicas.ready), costIfScaledUsd: cost(facts.replicas.max), warnings,
  };
}

function expectedRequests(plan: LoadPlan, { measured, replicas }: LoadFacts): { requests: number | null; basis: string } {
  const loads = loadsOf(plan);
  const [first] = loads as [number];
  if (plan.loop === "open") {
    const requests = loads.reduce((sum, rate) => sum + rate * plan.secondsPerStep, first * plan.warmUpSeconds);
    return { requests: Math.round(requests), basis: "An open loop sends by the clock." };
  }
  if (measured.latencySeconds === null || measured.latencySeconds <= 0) return { requests: null, basis: "A closed loop sends as fast as it is answered, and nothing was measured here in the last hour." };
  // No more than the replicas can compute, however many callers there are.
  const most = measured.computeSeconds !== null && measured.computeSeconds > 0 ? replicas.ready / measured.computeSeconds : Infinity;
  const rate = (callers: number) => Math.min(callers / measured.latencySeconds!, most);
  const requests = loads.reduce((sum, callers) => sum + rate(callers) * plan.secondsPerStep, rate(first) * plan.warmUpSeconds);
  return { requests: Math.round(requests), basis: "From the mean latency and compute time of the last hour; a closed loop sends as fast as it is answered." };
}
