import { z } from "zod";
import { isoTime } from "@/lib/api/schema";
import { deploymentParams } from "@/lib/deployments/schema";
import { LOAD_TEST_LIMITS as MOST } from "@/lib/load-tests/limits";

export const PERCENTILES = ["p50", "p95", "p99"] as const;
export type Percentile = (typeof PERCENTILES)[number];

const secondsPerStep = z.number().int().min(1).max(MOST.secondsPerStep).default(10);
const warmUpSeconds = z.number().int().min(0).max(MOST.warmUpSeconds).default(2).meta({ description: "Sent at the first step's load before it, and not counted" });
const risingFrom = <T extends z.ZodType<number>>(each: T) => z.array(each).min(1).max(MOST.steps).refine((all) => all.every((v, i) => i === 0 || v > all[i - 1]!), "must rise from step to step");

/** closed: so many callers, each of which sends its next request when the last is answered. open: so many requests a second, whether or not they are answered. */
export const loadPlanSchema = z.discriminatedUnion("loop", [
  z.strictObject({ loop: z.literal("closed"), concurrency: risingFrom(z.number().int().min(1).max(MOST.concurrency)), secondsPerStep, warmUpSeconds }),
  z.strictObject({ loop: z.literal("open"), requestsPerSecond: risingFrom(z.number().min(0.1).max(MOST.requestsPerSecond)), secondsPerStep, warmUpSeconds }),
]).meta({ id: "LoadPlan", examples: [{ loop: "closed", concurrency: [1, 2, 4, 8], secondsPerStep: 10, warmUpSeconds: 2 }] });
export type LoadPlan = z.infer<typeof loadPlanSchema>;

/** JSON that is sent as it is; left out: made from the model's signature, as the playground does. */
const requestSchema = z.looseObject({ inputs: z.array(z.looseObject({ name: z.string() })).min(1).max(100) })
  .refine((b) => JSON.stringify(b).length <= MOST.bodyBytes, "may have at most 1 MiB").meta({ description: "An Open Inference Protocol request; left out: zeros in the shape of the model's signature" });

const asked = { plan: loadPlanSchema, request: requestSchema.optional(), revision: z.number().int().min(1).optional().meta({ description: "The serving revision unless said" }) };
export const forecastLoadTestSchema = z.strictObject(asked).refine(({ plan }) => secondsOf(plan) <= MOST.secondsInAll, { path: ["plan"], message: `may take at most ${MOST.secondsInAll} s in all` }).meta({ id: "LoadTestQuestion" });
export const createLoadTestSchema = z.strictObject({ ...asked, confirmed: z.literal(true, { error: "must be true: it says that you have seen what the test sends and costs" }) })
  .refine(({ plan }) => secondsOf(plan) <= MOST.secondsInAll, { path: ["plan"], message: `may take at most ${MOST.secondsInAll} s in all` })
  .meta({ id: "CreateLoadTest", examples: [{ plan: { loop: "closed", concurrency: [1, 2, 4, 8], secondsPerStep: 10, warmUpSeconds: 2 }, confirmed: true }] });
export type LoadTestQuestion = z.infer<typeof forecastLoadTestSchema>;
export type CreateLoadTest = z.infer<typeof createLoadTestSchema>;

/** The load of each step: callers, or requests a second. */
export const loadsOf = (plan: LoadPlan): number[] => (plan.loop === "closed" ? plan.concurrency : plan.requestsPerSecond);
export const secondsOf = (plan: LoadPlan): number => plan.warmUpSeconds + loadsOf(plan).length * plan.secondsPerStep;

export const loadForecastSchema = z.object({
  revision: z.number().int(), seconds: z.number(), requestBytes: z.number().int(),
  requests: z.number().nullable().meta({ description: "null: not known, `requestsBasis` says why" }), requestsBasis: z.string(),
  replicas: z.object({ ready: z.number().int(), max: z.number().int() }), pricePerHour: z.number().nullable(), priceNote: z.string().nullable(),
  costUsd: z.number().nullable().meta({ description: "Of the replicas that run, for that time: they cost it without the test too. null: no price is on file" }),
  costIfScaledUsd: z.number().nullable().meta({ description: "If the load makes it scale to its most replicas at once" }),
  warnings: z.array(z.string()),
}).meta({ id: "LoadTestForecast" });
export type LoadForecast = z.infer<typeof loadForecastSchema>;

const ms = z.number().nullable().meta({ description: "Milliseconds; null: nothing was answered" });
export const loadStepSchema = z.object({
  load: z.number().meta({ description: "Callers of a closed loop, requests a second of an open one" }), startedAt: isoTime, seconds: z.number(),
  sent: z.number().int(), answered: z.number().int(), failed: z.number().int(), errorsByCause: z.record(z.string(), z.number().int()),
  throughput: z.number().meta({ description: "Answered within the step, a second" }), p50Ms: ms, p95Ms: ms, p99Ms: ms, meanMs: ms, maxMs: ms,
  sendDelayP99Ms: ms.meta({ description: "Open loop: how late requests were sent, which is within their latency. Where it is not small beside it, the sender was too slow for this rate" }),
  replicas: z.number().nullable().meta({ description: "Ready ones, mean of the step's start and end; null: not known" }),
  costPer1000: z.number().nullable().meta({ description: "USD per 1,000 predictions at this throughput" }),
}).meta({ id: "LoadStep" });
export type LoadStep = z.infer<typeof loadStepSchema>;

export const loadProgressSchema = z.object({ step: z.number().int().meta({ description: "From 1; 0 is the warm-up" }), steps: z.number().int(), secondsDone: z.number(), secondsInAll: z.number(), answered: z.number().int(), failed: z.number().int() }).meta({ id: "LoadProgress" });
export type LoadProgress = z.infer<typeof loadProgressSchema>;

export const LOAD_TEST_STATES = ["queued", "running", "done", "stopped", "interrupted", "failed"] as const;

/** What was tested, as it was then. */
export const loadSubjectSchema = z.object({
  model: z.string(), version: z.number().int(), profile: z.string(), runtime: z.string(), target: z.string(), machine: z.string(),
  pricePerHour: z.number().nullable(), priceNote: z.string().nullable(), replicas: z.object({ ready: z.number().int(), min: z.number().int(), max: z.number().int() }),
  requestBytes: z.number().int(), requestSha256: z.string().meta({ description: "Two tests with the same one sent the same request" }), requestKind: z.enum(["example", "own"]),
}).meta({ id: "LoadSubject" });
export type LoadSubject = z.infer<typeof loadSubjectSchema>;

export const loadTestSchema = z.object({
  id: z.string(), deployment: z.string(), revision: z.number().int(), state: z.enum(LOAD_TEST_STATES), plan: loadPlanSchema, subject: loadSubjectSchema, progress: loadProgressSchema.nullable(), steps: z.array(loadStepSchema),
  knee: z.object({ step: z.number().int().nullable().meta({ description: "Index in steps, from 0" }), note: z.string() }),
  atTarget: z.object({ percentile: z.enum(PERCENTILES), targetMs: z.number(), step: z.number().int().nullable(), throughput: z.number().nullable(), costPer1000: z.number().nullable(), note: z.string() }).nullable().meta({ description: "Only where a target was asked for" }),
  error: z.string().nullable(), createdAt: isoTime, createdBy: z.string(), startedAt: isoTime.nullable(), finishedAt: isoTime.nullable(),
}).meta({ id: "LoadTest" });
export type LoadTestDto = z.infer<typeof loadTestSchema>;

export const latencyTargetQuery = z.object({ percentile: z.enum(PERCENTILES).default("p95"), targetMs: z.coerce.number().positive().max(600_000).optional().meta({ description: "Answers `atTarget` for it" }) });
export type LatencyTarget = z.infer<typeof latencyTargetQuery>;
export const loadTestParams = deploymentParams.extend({ test: z.uuid() });
