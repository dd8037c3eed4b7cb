import { z } from "zod";
import { isoTime } from "@/lib/api/schema";

export const ADVICE_KINDS = ["profile", "replicas", "sleep", "idle"] as const;
export type AdviceKind = (typeof ADVICE_KINDS)[number];

/** By what it is told how many replicas were at work at once. */
export const BUSY_BY = ["computing", "requests", "cores", "gpu"] as const;
export type BusyBy = (typeof BUSY_BY)[number];

const share = z.number().min(0).nullable();
/** What the advice rests on. Peaks are of the busiest quarter of an hour. */
export const observedSchema = z.object({
  from: isoTime, to: isoTime, days: z.number().nonnegative().meta({ description: "Of measures, in the last 14 days" }), profile: z.string(), replicas: z.number().nullable().meta({ description: "Mean that existed" }),
  source: z.enum(["embedded", "prometheus"]).meta({ description: "Slipway's own measures of this machine, or the target's metrics source" }),
  predictions: z.number().int().nonnegative().nullable().meta({ description: "null: its server does not count requests" }), lastRequestAt: isoTime.nullable(), quietShare: share.meta({ description: "Of the quarters of an hour, without a request in it or in the one before" }),
  quietByHour: z.array(share).length(24).nullable().meta({ description: "That share of each hour of the day, UTC" }),
  peakCpuCores: share.meta({ description: "Per replica" }), cpuCores: z.number(), peakMemoryMib: share.meta({ description: "Per replica" }), memoryMib: z.number(), peakBusy: share.meta({ description: "Replicas at work at once" }), busyBy: z.enum(BUSY_BY).nullable().meta({ description: "By what that is told: the time that was computed, the requests in work, cores in use, or GPUs at work" }),
  gpu: z.object({ name: z.string(), count: z.number().int(), peakBusy: share.meta({ description: "GPUs of a replica at work at once" }), peakMemoryMib: share.meta({ description: "Of the fullest GPU" }), memoryMibEach: z.number().nullable() }).nullable().meta({ description: "null: the profile has none" }),
  p95Seconds: share, usdPerHour: z.number().nullable(),
}).meta({ id: "AdviceObserved" });
export type Observed = z.infer<typeof observedSchema>;

export const adviceItemSchema = z.object({
  kind: z.enum(ADVICE_KINDS), title: z.string(), why: z.string().meta({ description: "The data behind it, in a sentence" }),
  change: z.object({ profile: z.string().optional(), scaling: z.object({ min: z.number().int(), max: z.number().int() }).optional(), desiredState: z.literal("stopped").optional() }).meta({ description: "Body of the PATCH that applying makes" }),
  monthlySavingUsd: z.number().nonnegative(), expectedP95: z.object({ seconds: z.number().nullable(), text: z.string() }),
  confidence: z.enum(["high", "medium", "low"]), confidenceText: z.string(),
}).meta({ id: "Advice" });
export type AdviceItem = z.infer<typeof adviceItemSchema>;

export const appliedSchema = z.object({
  kind: z.enum(ADVICE_KINDS), deployment: z.string(), change: z.string(), appliedAt: isoTime, appliedBy: z.string(), expectedMonthlySavingUsd: z.number(),
  hours: z.number().nonnegative(), realisedUsd: z.number().nullable().meta({ description: "What it would have cost since, at the rate before, less what it did cost; negative: it costs more" }),
  onTrack: z.boolean().nullable().meta({ description: "null: less than a day has gone by, or it is unknown" }),
}).meta({ id: "AppliedAdvice" });
export type AppliedDto = z.infer<typeof appliedSchema>;

export const deploymentAdviceSchema = z.object({
  project: z.string(), deployment: z.string(), etag: z.string(), observed: observedSchema.nullable(), items: z.array(adviceItemSchema),
  withheld: z.array(z.string()).meta({ description: "What is missing for (further) advice" }), applied: z.array(appliedSchema),
}).meta({ id: "DeploymentAdvice" });
export type DeploymentAdvice = z.infer<typeof deploymentAdviceSchema>;

export const adviceListSchema = z.object({
  items: z.array(z.object({ project: z.string(), deployment: z.string(), advice: adviceItemSchema })), monthlySavingUsd: z.number().meta({ description: "Of the dearest advice of each deployment" }),
  looked: z.number().int(), withheld: z.number().int().meta({ description: "Deployments of which too little is known" }), left: z.number().int().meta({ description: "Running ones that were not looked at: the dearest are" }), applied: z.array(appliedSchema),
}).meta({ id: "AdviceList" });
export type AdviceList = z.infer<typeof adviceListSchema>;
