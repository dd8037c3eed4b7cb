import { z } from "zod";
import { isoTime, slugSchema } from "@/lib/api/schema";
import { COST_PERIODS } from "@/lib/costs/summary/period";
import { knownSchema, measuredCostsSchema } from "@/lib/costs/schema";

export const COST_GROUPINGS = ["deployment", "model", "profile", "project", "day"] as const;
export type CostGrouping = (typeof COST_GROUPINGS)[number];

const filter = slugSchema.optional();
export const costFiltersSchema = z.object({
  period: z.enum(COST_PERIODS).default("30d").meta({ description: "Whole UTC days; the last one up to now" }),
  model: filter.meta({ description: "Only this model" }), profile: filter, deployment: filter.meta({ description: "Only deployments of this name" }),
});
export const costSummaryQuerySchema = costFiltersSchema.extend({ by: z.enum(COST_GROUPINGS).default("deployment") });
export type CostFilters = z.output<typeof costFiltersSchema> & { project?: string };
export type CostSummaryQuery = z.output<typeof costSummaryQuerySchema> & { project?: string };

const usd = z.number().nullable().meta({ description: "USD; null: unknown" });
const figures = {
  total: usd, used: usd, idle: usd, idleShare: z.number().min(0).max(1).nullable(), predictions: z.number().int().nullable(), per1000Predictions: usd, replicaSeconds: z.number().nonnegative(), known: knownSchema,
};
export const figuresSchema = z.object(figures);
export type Figures = z.infer<typeof figuresSchema>;

export const costGroupSchema = z.object({
  key: z.string(), label: z.string(), ...figures, share: z.number().nullable().meta({ description: "Of the sum, 0..1" }), previousTotal: usd.meta({ description: "In the time of the same length before" }), estimate: z.boolean(),
  project: z.string().nullable(), deployments: z.number().int(), models: z.array(z.string()), profiles: z.array(z.string()), state: z.enum(["running", "stopped", "deleted"]).nullable().meta({ description: "Of a deployment, now" }),
});
export type CostGroupDto = z.infer<typeof costGroupSchema>;

export const costSummarySchema = z.object({
  period: z.enum(COST_PERIODS), from: isoTime, to: isoTime, by: z.enum(COST_GROUPINGS), source: z.string(),
  total: z.object({ ...figures, perHour: usd.meta({ description: "Of the replicas that exist now" }), previousTotal: usd, estimate: z.boolean(), note: z.string() }),
  month: z.object({
    month: z.string(), toDate: usd, lastMonth: z.string(), lastMonthSamePart: usd.meta({ description: "Of the last month, up to the same day and hour" }), lastMonthTotal: usd, changeShare: z.number().nullable(),
  }).meta({ description: "Month over month, of the same selection" }),
  days: z.array(z.object({ day: z.iso.date(), ...figures, p95Seconds: z.number().nullable() })),
  p95Note: z.string().nullable().meta({ description: "Why there is no p95; null: there is" }),
  series: z.array(z.object({ key: z.string(), label: z.string(), days: z.array(usd) })).meta({ description: "The dearest groups and the others as one, by day, in the order of `days`" }),
  groups: z.array(costGroupSchema), groupsLeft: z.number().int().meta({ description: "Cheaper ones that are not in the list; the export has all" }),
  choices: z.object({ projects: z.array(z.string()), models: z.array(z.string()), profiles: z.array(z.string()), deployments: z.array(z.string()) }).meta({ description: "What can be filtered by, in this time" }),
  prices: z.array(z.object({ profiles: z.array(z.string()), note: z.string() })),
  measured: measuredCostsSchema.nullable(),
}).meta({ id: "CostSummary" });
export type CostSummary = z.infer<typeof costSummarySchema>;
