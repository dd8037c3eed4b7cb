import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { projectParams, slugSchema } from "@/lib/api/schema";
import { costSummary } from "@/lib/costs/summary/cost-summary";
import { exportCosts } from "@/lib/costs/summary/export-costs";
import { costFiltersSchema, costSummaryQuerySchema, costSummarySchema } from "@/lib/costs/summary/schema";
import { readableProjects } from "@/lib/projects/readable-projects";

const tag = "Costs";
const readsProject = { kind: "project", permission: "deployment.read" } as const;
const summary = { 200: { description: "Sums, days, groups, month over month", schema: costSummarySchema } };
const csv = { 200: { description: "A line a day, deployment and profile; what is unknown is an empty cell", schema: z.string(), contentType: "text/csv" } };
const description = "Replica time × price by whole UTC days, used and idle apart, grouped and filtered; beside it what Kubecost or OpenCost measured. Groups beyond the 200 dearest are counted in groupsLeft.";

const asCsv = (text: string, name: string, period: string, now = new Date()) =>
  new Response(text, { headers: { "content-type": "text/csv; charset=utf-8", "content-disposition": `attachment; filename="slipway-costs-${name}-${period}-${now.toISOString().slice(0, 10)}.csv"`, "cache-control": "no-store" } });

export const costSummaryEndpoint = endpoint({
  id: "getCostSummary", method: "GET", path: "/api/v1/costs/summary", summary: "Costs of everything the caller may see, summed up", tag, description,
  policy: { kind: "signed-in" }, query: costSummaryQuerySchema.extend({ project: slugSchema.optional() }), responses: summary,
  handler: async ({ actor, query }) => ({ status: 200, body: await costSummary(await readableProjects(actor), query) }),
});

export const projectCostSummaryEndpoint = endpoint({
  id: "getProjectCostSummary", method: "GET", path: "/api/v1/projects/{project}/costs/summary", summary: "Costs of a project, summed up", tag, description,
  policy: readsProject, params: projectParams, query: costSummaryQuerySchema, responses: summary,
  handler: async ({ project, query }) => ({ status: 200, body: await costSummary([project], query) }),
});

export const costExportEndpoint = endpoint({
  id: "exportCosts", method: "GET", path: "/api/v1/costs/export", summary: "Costs of everything the caller may see, as CSV", tag,
  policy: { kind: "signed-in" }, query: costFiltersSchema.extend({ project: slugSchema.optional() }), responses: csv,
  handler: async ({ actor, query }) => asCsv(await exportCosts(await readableProjects(actor), query), "all", query.period),
});

export const projectCostExportEndpoint = endpoint({
  id: "exportProjectCosts", method: "GET", path: "/api/v1/projects/{project}/costs/export", summary: "Costs of a project, as CSV", tag,
  policy: readsProject, params: projectParams, query: costFiltersSchema, responses: csv,
  handler: async ({ project, query }) => asCsv(await exportCosts([project], query), project.slug, query.period),
});
