import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { projectParams, slugSchema } from "@/lib/api/schema";
import { forecastProfiles } from "@/lib/costs/forecast-profiles";
import { forecastRequestSchema, forecastSchema, spotVerdictSchema } from "@/lib/costs/schema";
import { versionNumber } from "@/lib/models/schema";
import { fitSchema } from "@/lib/profiles/fit";

const body = z.strictObject({
  profiles: z.array(z.string().max(80)).min(1).max(200).optional().meta({ description: "Left out: every profile that the version fits, those that keep up and meet the latency first, then by likely bill" }),
  target: slugSchema.optional().meta({ description: "Without profiles: only what this target offers. Its discount on on-demand prices applies, unless the traffic names one" }), traffic: forecastRequestSchema,
  model: slugSchema.optional(), version: versionNumber.optional(), availability: z.number().min(0.5).max(0.99999).default(0.999).meta({ description: "Wanted share of the time, for the verdict on spot" }),
}).refine((b) => (b.model === undefined) === (b.version === undefined), { path: ["version"], message: "name model and version together, or neither" })
  .refine((b) => b.profiles !== undefined || b.model !== undefined, { path: ["profiles"], message: "name profiles, or a model and version to compare all that it fits" }).meta({ id: "CreateForecast" });

const itemSchema = z.object({
  forecast: forecastSchema, fit: fitSchema.nullable(), keepsUp: z.boolean().describe("Every declared request can be computed within the most replicas"),
  expectedP95Seconds: z.number().nullable().describe("Of the busiest hour, by a queue of all replicas' places; null: the queue only grows"), meetsLatency: z.boolean().nullable().describe("null: no latencyLimitSeconds was given"),
  secondsPerRequest: forecastRequestSchema.shape.secondsPerRequest.describe("What it was reckoned with: without profiles, the time measured on that profile where the model ran on it"),
  spotVerdict: spotVerdictSchema.nullable().describe("null on capacity that is not interrupted"),
});

export const createForecastEndpoint = endpoint({
  id: "createForecast", method: "POST", path: "/api/v1/projects/{project}/forecasts", summary: "Price, risk and fit before deploying", tag: "Costs",
  description: "Low, likely and high monthly bill from declared traffic, with workings, for each profile named, or for every profile that a model version fits; with a verdict on spot where the profile runs on it. Nothing is stored.",
  policy: { kind: "project", permission: "deployment.read" }, params: projectParams, body, idempotent: false,
  responses: { 200: { description: "One forecast a profile", schema: z.object({ items: z.array(itemSchema) }) } },
  handler: async ({ project, body }) => ({ status: 200, body: { items: await forecastProfiles(project.id, body) } }),
});
