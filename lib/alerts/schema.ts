import { z } from "zod";
import { isoTime, slugSchema } from "@/lib/api/schema";

const percent = z.number().gt(0).lte(100);
const window = z.enum(["5m", "15m", "1h"]).default("5m");

/** What a rule watches. A margin below each threshold has to be reached before it counts as over (lib/alerts/judge.ts). */
export const conditionSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("latency"), thresholdMs: z.number().gt(0).max(600_000), window }).meta({ description: "p99 of the window above the threshold" }),
  z.strictObject({ kind: z.literal("errorRate"), thresholdPercent: percent, window }).meta({ description: "Share of requests that failed through no fault of the caller" }),
  z.strictObject({ kind: z.literal("saturation"), waitingPerReplica: z.number().gt(0).max(100_000), window }).meta({ description: "Requests waiting, per ready replica, on average over the window" }),
  z.strictObject({ kind: z.literal("noTraffic"), window }).meta({ description: "No request although replicas are ready and measured" }),
  z.strictObject({ kind: z.literal("crashLoop"), failures: z.number().int().min(1).max(1000), minutes: z.number().int().min(1).max(120).default(10) }).meta({ description: "Replicas that crashed or ran out of memory" }),
  z.strictObject({ kind: z.literal("spotInterruption"), interruptions: z.number().int().min(1).max(1000).default(1), minutes: z.number().int().min(1).max(1440).default(60) }).meta({ description: "Replicas lost because their node was taken back" }),
  z.strictObject({ kind: z.literal("rolloutFailed"), minutes: z.number().int().min(1).max(1440).default(60) }).meta({ description: "A canary that was rolled back by itself, or a revision that was given up" }),
  z.strictObject({ kind: z.literal("budget"), percent: z.number().gt(0).max(1000) }).meta({ description: "Share of an environment's monthly budget that is spent" }),
  z.strictObject({ kind: z.literal("burnRate"), objectivePercent: z.number().min(50).max(99.999), speed: z.enum(["fast", "slow"]).default("fast") }).meta({ description: "Error budget of an availability objective burning in a long and a short window at once: fast 14.4 times in 1 h and 5 min, slow 6 times in 6 h and 1 h" }),
]);
export type Condition = z.infer<typeof conditionSchema>;
export const CONDITION_KINDS = ["latency", "errorRate", "burnRate", "saturation", "noTraffic", "crashLoop", "spotInterruption", "rolloutFailed", "budget"] as const satisfies Condition["kind"][];

const fields = {
  name: z.string().trim().min(1, "must not be empty").max(80),
  deployment: slugSchema.nullable().default(null).meta({ description: "null: every deployment of the project" }),
  condition: conditionSchema,
  severity: z.enum(["critical", "warning"]).default("warning"),
  forSeconds: z.number().int().min(0).max(86_400).default(120).meta({ description: "How long it has to hold before it fires" }),
  resolveSeconds: z.number().int().min(0).max(86_400).default(180).meta({ description: "How long it has to be clearly over before it is resolved" }),
  enabled: z.boolean().default(true),
  channels: z.array(z.uuid()).max(20).default([]),
};
export const createRuleSchema = z.strictObject(fields).meta({ id: "CreateAlertRule" });
/** A whole rule takes the place of the one before. */
export const replaceRuleSchema = z.strictObject(fields).meta({ id: "ReplaceAlertRule" });
export type RuleInput = z.output<typeof createRuleSchema>;

export const previewRuleSchema = z.strictObject({ condition: conditionSchema, deployment: fields.deployment }).meta({ id: "PreviewAlertRule" });
export const rulePreviewSchema = z.object({
  items: z.array(z.object({ subject: z.string(), verdict: z.enum(["breach", "clear", "between", "unknown"]).meta({ description: "breach: it holds. clear: it is over by the margin. between: neither. unknown: nothing can be said" }), value: z.number().nullable(), text: z.string(), noData: z.string().nullable() })),
}).meta({ id: "AlertRulePreview" });
export type RulePreviewDto = z.infer<typeof rulePreviewSchema>;

export const standingSchema = z.object({
  subject: z.string(), phase: z.enum(["ok", "pending", "firing"]), since: isoTime, noData: z.string().nullable().meta({ description: "Why nothing is known at the moment" }),
  value: z.number().nullable(), text: z.string(), seenAt: isoTime,
});
export const ruleSchema = z.object({
  id: z.uuid(), project: slugSchema, name: z.string(), deployment: slugSchema.nullable(), condition: conditionSchema, summary: z.string(), severity: z.enum(["critical", "warning"]),
  forSeconds: z.number(), resolveSeconds: z.number(), enabled: z.boolean(), channels: z.array(z.uuid()), evaluatedAt: isoTime.nullable(), standings: z.array(standingSchema),
}).meta({ id: "AlertRule", description: "What to watch, and where it stands with each deployment" });
export type RuleDto = z.infer<typeof ruleSchema>;

export const incidentSchema = z.object({
  id: z.uuid(), project: slugSchema, rule: z.string(), ruleId: z.uuid().nullable().meta({ description: "null: the rule was deleted" }), subject: z.string(), deployment: slugSchema.nullable(), severity: z.string(), text: z.string(),
  firedAt: isoTime, resolvedAt: isoTime.nullable(), resolution: z.string().nullable(), silenced: z.boolean(), noData: z.string().nullable(),
}).meta({ id: "Alert", description: "One time that a rule fired" });
export type IncidentDto = z.infer<typeof incidentSchema>;

export const activeAlertSchema = z.object({
  project: slugSchema, ruleId: z.uuid(), rule: z.string(), kind: z.enum(CONDITION_KINDS), subject: z.string(), deployment: slugSchema.nullable(), severity: z.enum(["critical", "warning"]), phase: z.enum(["pending", "firing"]), since: isoTime,
  firesAt: isoTime.nullable().meta({ description: "Of what is pending: when it fires if it goes on" }), value: z.number().nullable().meta({ description: "null: nothing is known at the moment" }),
  threshold: z.number().nullable().meta({ description: "In the value's unit; null: nothing is compared" }), unit: z.string(), text: z.string(), noData: z.string().nullable(), seenAt: isoTime,
  silence: z.object({ id: z.uuid(), endsAt: isoTime, reason: z.string(), createdBy: z.string() }).nullable(),
}).meta({ id: "ActiveAlert", description: "A rule that fires, or is about to, for one deployment or environment" });
export type ActiveAlertDto = z.infer<typeof activeAlertSchema>;

export const createSilenceSchema = z.strictObject({
  rule: z.uuid().nullable().default(null).meta({ description: "null: of every rule" }), deployment: slugSchema.nullable().default(null).meta({ description: "null: of every deployment" }),
  minutes: z.number().int().min(1).max(43_200), reason: z.string().trim().min(1, "must say why").max(300),
}).meta({ id: "CreateAlertSilence" });
export const silenceSchema = z.object({
  id: z.uuid(), project: slugSchema, rule: z.string().nullable(), deployment: z.string().nullable(), reason: z.string(), startsAt: isoTime, endsAt: isoTime, createdBy: z.string(),
}).meta({ id: "AlertSilence" });
export type SilenceDto = z.infer<typeof silenceSchema>;

const channelName = z.string().trim().min(1, "must not be empty").max(80);
const url = z.url({ protocol: /^https?$/, error: "must be an https URL" }).max(2000);
export const createChannelSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("webhook"), name: channelName, url }),
  z.strictObject({ kind: z.literal("slack"), name: channelName, url }),
  z.strictObject({ kind: z.literal("email"), name: channelName, to: z.array(z.email()).min(1).max(20) }),
]).meta({ id: "CreateAlertChannel" });
export const channelSchema = z.object({
  id: z.uuid(), project: slugSchema, name: z.string(), kind: z.enum(["webhook", "slack", "email"]), shown: z.string().meta({ description: "A host or addresses; never the whole URL, which may hold a secret" }),
  disabledWhy: z.string().nullable(), waiting: z.number().int(), failing: z.number().int().meta({ description: "Of those that wait: not taken at least once" }), dead: z.number().int(), createdAt: isoTime,
}).meta({ id: "AlertChannel" });
export type ChannelDto = z.infer<typeof channelSchema>;
export const madeChannelSchema = channelSchema.extend({ secret: z.string().nullable().meta({ description: "Signs a webhook's messages (Standard Webhooks). In this answer only" }) }).meta({ id: "MadeAlertChannel" });
export type MadeChannel = z.infer<typeof madeChannelSchema>;

export const deliverySchema = z.object({
  id: z.uuid(), event: z.enum(["fired", "resolved", "test"]), title: z.string(), state: z.enum(["waiting", "delivered", "dead"]), attempts: z.number().int(),
  nextAttemptAt: isoTime.nullable(), lastError: z.string().nullable(), deliveredAt: isoTime.nullable(), createdAt: isoTime,
}).meta({ id: "AlertDelivery" });
export type DeliveryDto = z.infer<typeof deliverySchema>;

/** What a message says. `id` is of the incident: the same in fired and resolved. */
export type AlertMessage = { id: string; event: "fired" | "resolved" | "test"; rule: string; subject: string; project: string; severity: string; text: string; at: string; url: string };
