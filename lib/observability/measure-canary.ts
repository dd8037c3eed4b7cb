import type { CanaryMeasures, Figures } from "@/lib/deployments/canary-plan";
import { sourceOf } from "@/lib/observability/source-of";

export type CanaryQuery = { deploymentId: string; canary: number; stable: number; from: Date; now: Date };
export type MeasureCanary = (query: CanaryQuery) => Promise<CanaryMeasures>;

/** What two revisions of a deployment did since a time, from the source of its target. Never throws for a source: what it does not tell is not known. */
export const measureCanary: MeasureCanary = async ({ deploymentId, canary, stable, from, now }) => {
  const of = async (revision: number): Promise<Figures> => {
    try {
      return await (await sourceOf(deploymentId, revision)).figures({ deploymentId, revision, from, to: now });
    } catch {
      const why = "The source of measures could not be asked.";
      return { requests: null, errors: null, p99Seconds: null, missing: { requests: why, errors: why, p99Seconds: why } };
    }
  };
  const [a, b] = await Promise.all([of(canary), of(stable)]);
  return { canary: a, stable: b };
};
