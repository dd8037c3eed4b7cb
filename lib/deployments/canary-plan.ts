import { z } from "zod";

const share = z.number().min(0).max(1);

/** Which requests a revision is judged by: absolute limits, or limits against the revision that serves. At least one. */
const limits = {
  errorRate: z.strictObject({
    max: share.optional().meta({ description: "Share of its requests that may fail through no fault of the caller, 0..1" }),
    aboveStable: share.optional().meta({ description: "How much larger its share may be than that of the revision that serves" }),
  }).optional(),
  p99: z.strictObject({
    maxSeconds: z.number().gt(0).max(600).optional(),
    timesStable: z.number().gt(0).max(100).optional().meta({ description: "Times the p99 of the revision that serves" }),
  }).optional(),
};

export const canaryPlanSchema = z.strictObject({
  steps: z.array(z.number().int().min(1).max(99)).min(1).max(20).refine((s) => s.every((w, i) => i === 0 || w > s[i - 1]!), "must rise from step to step").meta({ description: "Percent of the traffic in each step; after the last one it gets all" }),
  stepSeconds: z.number().int().min(10).max(86_400).default(300).meta({ description: "The least time of a step" }),
  minRequests: z.number().int().min(1).max(10_000_000).default(100).meta({ description: "Requests it must have answered in a step before it is judged; until then it waits" }),
  ...limits,
}).refine((p) => [p.errorRate?.max, p.errorRate?.aboveStable, p.p99?.maxSeconds, p.p99?.timesStable].some((v) => v !== undefined), "Name at least one limit: errorRate or p99.")
  .meta({ id: "CanaryPlan", examples: [{ steps: [5, 25, 50], stepSeconds: 300, minRequests: 200, errorRate: { max: 0.02, aboveStable: 0.01 }, p99: { timesStable: 1.3 } }] });
export type CanaryPlan = z.output<typeof canaryPlanSchema>;

/** As stored: `since` tells one plan from the next one for the same revision. */
export type StoredCanaryPlan = CanaryPlan & { since: string };

export const readCanaryPlan = (column: unknown): StoredCanaryPlan | null => column as StoredCanaryPlan | null;

/** What a revision was measured to do in a step. null: not known, and `missing` says why. */
export type Figures = { requests: number | null; errors: number | null; p99Seconds: number | null; missing: Partial<Record<"requests" | "errors" | "p99Seconds", string>> };
export type CanaryMeasures = { canary: Figures; stable: Figures };

const figures = z.object({ requests: z.number().nullable(), errors: z.number().nullable(), p99Seconds: z.number().nullable() });
export const canaryStatusSchema = z.object({
  revision: z.number().int(),
  state: z.enum(["running", "paused", "promoting", "promoted", "rolledBack"]),
  step: z.number().int().meta({ description: "From 1" }), weight: z.number().int().nullable().meta({ description: "Percent of the traffic in this step; null: it is over" }),
  stepSince: z.iso.datetime().nullable().meta({ description: "null: its replicas are not ready, or the traffic has not moved yet" }),
  reason: z.string().meta({ description: "What was found last, or what it waits for" }), at: z.iso.datetime(),
  measured: z.object({ canary: figures, stable: figures }).nullable(),
  plan: canaryPlanSchema.nullable().meta({ description: "null: it is over" }),
}).meta({ id: "CanaryStatus", description: "A canary that moves by itself, or how the last one ended" });
export type CanaryStatusDto = z.infer<typeof canaryStatusSchema>;
