import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { projectParams, slugSchema } from "@/lib/api/schema";
import { forecast } from "@/lib/costs/forecast";
import { forecastRequestSchema, forecastSchema } from "@/lib/costs/schema";
import { fitVersion } from "@/lib/models/fit-version";
import { versionNumber } from "@/lib/models/schema";
import { fitSchema } from "@/lib/profiles/fit";
import { getProfile } from "@/lib/profiles/list-profiles";

const body = z.strictObject({
  profiles: z.array(z.string().max(80)).min(1).max(200), traffic: forecastRequestSchema,
  model: slugSchema.optional(), version: versionNumber.optional(),
}).refine((b) => (b.model === undefined) === (b.version === undefined), { path: ["version"], message: "name model and version together, or neither" }).meta({ id: "CreateForecast" });

export const createForecastEndpoint = endpoint({
  id: "createForecast", method: "POST", path: "/api/v1/projects/{project}/forecasts", summary: "Price, risk and fit before deploying", tag: "Costs",
  description: "Low, likely and high monthly bill from declared traffic, with workings, for each profile named; with a model version also whether it fits. Nothing is stored.",
  policy: { kind: "project", permission: "deployment.read" }, params: projectParams, body, idempotent: false,
  responses: { 200: { description: "One forecast a profile", schema: z.object({ items: z.array(z.object({ forecast: forecastSchema, fit: fitSchema.nullable() })) }) } },
  handler: async ({ project, body }) => {
    const fits = body.model && body.version ? new Map((await fitVersion(project.id, body.model, body.version, {})).map((f) => [f.profile, f.fit])) : new Map();
    const items = await Promise.all(body.profiles.map(async (slug) => ({ forecast: forecast(body.traffic, await getProfile(slug)), fit: fits.get(slug) ?? null })));
    return { status: 200, body: { items } };
  },
});
