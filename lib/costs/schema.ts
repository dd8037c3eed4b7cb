import { z } from "zod";

const usd = z.number().nonnegative().nullable().describe("USD; null: unknown");

/** Answer of `…/costs?window=…`: what priceReplicaTime returns. */
export const replicaTimeCostSchema = z
  .object({
    total: usd,
    perDay: z.array(z.object({ day: z.iso.date(), total: usd, replicaSeconds: z.number().nonnegative() })),
    perRevision: z.array(z.object({ revision: z.number().int(), total: usd, replicaSeconds: z.number().nonnegative() })),
    perHour: usd.describe("Of the replicas that exist at the window's end"),
    used: usd.describe("Share of the total in which replicas computed"),
    idle: usd,
    per1000Predictions: usd.describe("null without predictions"),
    replicaSeconds: z.number().nonnegative(),
    currency: z.literal("USD"),
    estimate: z.boolean(),
    note: z.string(),
  })
  .meta({ id: "ReplicaTimeCost" });

const knownPart = <T extends z.ZodRawShape>(figures: T) => z.object({ total: usd.describe("Cost of that part"), ...figures }).nullable();
export const knownSchema = z.object({
  use: knownPart({ used: usd, idle: usd }), predictions: knownPart({ predictions: z.number().int().nonnegative(), per1000Predictions: usd }),
}).meta({ id: "KnownPart", description: "Days and deployments of whose use nothing is known make `used`, `idle` and `predictions` of the whole unknown. These are the sums of the others alone; null: it is known of everything, or of nothing" });
export type KnownPart = z.infer<typeof knownSchema>;
export const missingDays = z.array(z.iso.date()).describe("UTC days on which replicas existed of whose use nothing is known");

const costLineSchema = z.object({
  project: z.string(), deployment: z.string(), model: z.string(), profile: z.string(),
  state: z.enum(["running", "stopped", "deleted"]).describe("Of the deployment, now"),
  running: z.boolean().describe("Whether a replica on this profile exists now"),
  predictions: z.number().int().nonnegative().nullable().describe("Answered in the window; null: not measured"),
  priceNote: z.string().describe("Where the newest price comes from"),
  cost: replicaTimeCostSchema, known: knownSchema, missingDays,
});

const said = z.number().nullable().describe("USD as the source says it: a later adjustment may take more off than there was; null: unknown");
const parts = z.object({ cpu: said, memory: said, gpu: said, network: said, storage: said, loadBalancer: said, idle: said, shared: said });
const reasonSchema = z.object({ code: z.enum(["agrees", "no-price", "no-figure", "spot-at-on-demand", "whole-instance", "dearer", "other-parts", "days-missing"]), text: z.string() });
export const measuredLineSchema = z.object({
  project: z.string(), deployment: z.string().describe("Its id where Slipway has no replica time of it in the window"), target: z.string(), source: z.string(), estimate: z.boolean().describe("Not from a bill"),
  total: said.describe("By the source, on the whole UTC days of the window"), parts,
  perDay: z.array(z.object({ day: z.iso.date(), total: said, ours: usd, whole: z.boolean().describe("The source's figures cover the whole day") })),
  days: z.number().int().describe("Whole days that both know: ours, theirs and the difference are of these"), ours: usd, theirs: said,
  differenceUsd: z.number().nullable(), differenceShare: z.number().nullable().describe("Of ours"), reasons: z.array(reasonSchema),
});
export const measuredCostsSchema = z.object({
  sources: z.array(z.object({ target: z.string(), source: z.string(), fetchedAt: z.iso.datetime().nullable(), ageSeconds: z.number().nullable(), stale: z.boolean(), error: z.string().nullable(), notes: z.array(z.string()) })),
  days: z.array(z.iso.date()), total: said, ours: usd, lines: z.array(measuredLineSchema),
}).meta({ id: "MeasuredCosts", description: "What Kubecost or OpenCost said of the same deployments, and how it differs from replica time × price" });
export type MeasuredCosts = z.infer<typeof measuredCostsSchema>;
export type MeasuredLine = z.infer<typeof measuredLineSchema>;

export const costReportSchema = z
  .object({
    window: z.string(), from: z.iso.datetime(), to: z.iso.datetime(), source: z.string(), total: replicaTimeCostSchema,
    predictions: z.number().int().nonnegative().nullable(), known: knownSchema, missingDays,
    measured: measuredCostsSchema.nullable().describe("null: no cluster of theirs has a cost source"),
    deployments: z.array(costLineSchema).describe("One line a deployment and profile it ran on"),
  })
  .meta({ id: "CostReport" });
export type CostReport = z.infer<typeof costReportSchema>;
export type CostLine = z.infer<typeof costLineSchema>;

export const forecastRequestSchema = z
  .object({
    requestsPerSecondByHour: z.array(z.number().min(0).max(1e6)).length(24).describe("Mean of each hour of a usual day"),
    secondsPerRequest: z.object({ value: z.number().positive().max(86_400), basis: z.enum(["measured", "assumed"]) }),
    scaling: z.object({ min: z.number().int().min(0).max(1000), max: z.number().int().min(1).max(1000) }).refine((s) => s.min <= s.max, { message: "min must not exceed max", path: ["min"] }),
    concurrencyPerReplica: z.number().int().min(1).max(1000).default(1).describe("Requests one replica computes at once without slowing down"),
    targetUtilisation: z.number().min(0.1).max(1).default(0.7).describe("Share of a replica's capacity above which another is added"),
    idleSecondsBeforeZero: z.number().min(0).max(86_400).default(300).describe("With min 0: quiet time after which the last replica stops"),
    startSeconds: z.number().min(0).max(86_400).nullable().default(null).describe("Start of a replica from zero; null: not measured, counted as 0 and said so"),
    spotShare: z.number().min(0).max(1).default(1).describe("Of replica time, on a spot-with-fallback profile"),
    onDemandDiscount: z.number().min(0).max(1).default(0).describe("Savings plan or agreement, of the on-demand price"),
    latencyLimitSeconds: z.number().positive().max(86_400).nullable().default(null).describe("Wanted p95 of the busiest hour; null: none"),
    trafficSpread: z.number().min(0).max(0.9).default(0.3).describe("low and high are this share below and above the declared traffic"),
  })
  .meta({ id: "ForecastRequest", examples: [{ requestsPerSecondByHour: Array.from({ length: 24 }, (_, hour) => (hour >= 8 && hour < 20 ? 10 : 1)), secondsPerRequest: { value: 0.05, basis: "assumed" }, scaling: { min: 1, max: 3 } }] });
export type ForecastRequest = z.infer<typeof forecastRequestSchema>;

export const workingSchema = z.object({ label: z.string(), formula: z.string(), value: z.number().nullable(), unit: z.string() });
export type Working = z.infer<typeof workingSchema>;

export const forecastCaseSchema = z.object({
  monthly: usd,
  per1000Predictions: usd,
  replicaHours: z.number().nonnegative(),
  servedRequests: z.number().nonnegative(),
  unservedRequests: z.number().nonnegative().describe("More than max replicas can compute"),
  workings: z.array(workingSchema),
});
export type ForecastCase = z.infer<typeof forecastCaseSchema>;

export const forecastSchema = z
  .object({
    profile: z.string(),
    currency: z.literal("USD"),
    estimate: z.literal(true),
    low: forecastCaseSchema,
    likely: forecastCaseSchema,
    high: forecastCaseSchema,
    assumptions: z.array(z.string()),
  })
  .meta({ id: "Forecast", description: "Monthly bill from declared traffic: low, likely and high" });
export type Forecast = z.infer<typeof forecastSchema>;

const twoWays = <T extends z.ZodType>(value: T) => z.object({ independent: value.describe("Replicas are lost one by one"), together: value.describe("All are lost at once, as in one pool") });
export const spotVerdictSchema = z
  .discriminatedUnion("known", [
    z.object({ known: z.literal(false), reason: z.string() }),
    z.object({
      known: z.literal(true), interruptionsPerMonth: z.object({ low: z.number().nonnegative(), high: z.number().nonnegative() }), gapSeconds: z.number().nonnegative().describe("What the two minutes' notice does not cover of a start"),
      unservedSecondsPerMonth: twoWays(z.number().nonnegative()), onDemandFloor: twoWays(z.number().int().nonnegative().nullable().describe("null: not even with all of them")), sentence: z.string(),
    }),
  ])
  .meta({ id: "SpotVerdict", description: "What the interruption band means for this model: from its start time and the number of replicas" });
