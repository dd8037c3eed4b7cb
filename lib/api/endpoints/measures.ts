import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { isoTime, projectParams, slugSchema } from "@/lib/api/schema";
import { COST_WINDOWS, deploymentCosts, onAws, type CostWindow } from "@/lib/costs/deployment-costs";
import { extrapolationSchema } from "@/lib/costs/extrapolate";
import { costsOf } from "@/lib/costs/costs-of";
import { costReportSchema, knownSchema, measuredCostsSchema, missingDays, replicaTimeCostSchema } from "@/lib/costs/schema";
import { findDeployment } from "@/lib/deployments/find-deployment";
import { predict } from "@/lib/deployments/predict";
import { measureDeployment } from "@/lib/observability/measure-deployment";
import { isStep, metricsSchema, windowSchema } from "@/lib/observability/metrics-source";
import { readableProjects } from "@/lib/projects/readable-projects";

const params = z.object({ project: slugSchema, deployment: slugSchema });
const base = "/api/v1/projects/{project}/deployments/{deployment}";
const costWindow = z.enum(Object.keys(COST_WINDOWS) as [CostWindow, ...CostWindow[]]).default("7d");
const costHead = { window: z.string(), from: isoTime, to: isoTime, source: z.string() };

export const metricsEndpoint = endpoint({
  id: "getDeploymentMetrics", method: "GET", path: `${base}/metrics`, summary: "Latency, traffic, errors, utilisation", tag: "Measures",
  description: "Quantiles are interpolated within histogram buckets, by the definition of Prometheus histogram_quantile. A step without data is null, and `gaps` says which measures are missing and why. From the samples of this machine, or from the metrics source of the cluster.",
  policy: { kind: "project", permission: "deployment.read" }, params,
  query: z.object({
    window: windowSchema, revision: z.coerce.number().int().min(1).optional(),
    from: z.coerce.number().int().min(0).max(1e11).optional().meta({ description: "Unix seconds; with `to`, instead of `window`" }), to: z.coerce.number().int().min(0).max(1e11).optional(),
    step: z.coerce.number().int().refine(isStep, "must be a step of one of the windows").optional().meta({ description: "Seconds, with `from`: the axis of another answer. Left out, or with too many steps: the finest that fits" }),
  }).refine((q) => (q.from === undefined) === (q.to === undefined) && (q.from === undefined || q.to! > q.from), { message: "from and to go together, to after from", path: ["to"] })
    .refine((q) => q.from === undefined || q.to! - q.from <= 31 * 86_400, { message: "may be at most 31 days after from", path: ["to"] }),
  responses: { 200: { description: "Series on one time axis", schema: metricsSchema } },
  handler: async ({ project, params, query }) => {
    const deployment = await findDeployment(project.id, params.deployment);
    const between = query.from !== undefined && query.to !== undefined ? { from: query.from, to: query.to, stepSeconds: query.step } : undefined;
    return { status: 200, body: await measureDeployment(deployment.id, { window: query.window, between, revision: query.revision, now: new Date() }) };
  },
});

export const deploymentCostsEndpoint = endpoint({
  id: "getDeploymentCosts", method: "GET", path: `${base}/costs`, summary: "What a deployment cost", tag: "Costs",
  description: "Measured replica time at the profile's price; on the local target an estimate. Unknown is null, never 0. Of a cluster, use is known by whole UTC days: where one is missing, `known` has the figures of the others.",
  policy: { kind: "project", permission: "deployment.read" }, params, query: z.object({ window: costWindow }),
  responses: { 200: { description: "Cost in the window", schema: replicaTimeCostSchema.extend({ ...costHead, predictions: z.number().nullable(), loadTestPredictions: z.number().int().meta({ description: "Of them, by load tests of Slipway: answered in steps that began in the window" }), priceNote: z.string().nullable(), measured: measuredCostsSchema.nullable(), known: knownSchema, missingDays }) } },
  handler: async ({ project, params, query }) => ({ status: 200, body: await deploymentCosts({ id: (await findDeployment(project.id, params.deployment)).id, projectId: project.id, project: project.slug }, query.window) }),
});

export const onAwsEndpoint = endpoint({
  id: "getDeploymentOnAws", method: "GET", path: `${base}/on-aws`, summary: "What the measured milliseconds would cost on AWS", tag: "Costs",
  description: "An extrapolation, labelled with its assumptions. `extrapolation` is null until something was predicted.",
  policy: { kind: "project", permission: "deployment.read" }, params,
  responses: { 200: { description: "Cost per profile that fits", schema: z.object({ extrapolation: extrapolationSchema.nullable() }) } },
  handler: async ({ project, params }) => ({ status: 200, body: { extrapolation: await onAws(await findDeployment(project.id, params.deployment)) } }),
});

export const projectCostsEndpoint = endpoint({
  id: "getProjectCosts", method: "GET", path: "/api/v1/projects/{project}/costs", summary: "What a project cost, by deployment", tag: "Costs",
  description: "Deployments that were deleted since are in it: the bill outlives them. Idle cost rests on roll-ups and lags by about a minute; of clusters it is known by whole UTC days, and `known` has the figures of the part that is.",
  policy: { kind: "project", permission: "deployment.read" }, params: projectParams, query: z.object({ window: costWindow }),
  responses: { 200: { description: "Cost in the window", schema: costReportSchema } },
  handler: async ({ project, query }) => ({ status: 200, body: await costsOf([project], query.window) }),
});

export const costsEndpoint = endpoint({
  id: "getCosts", method: "GET", path: "/api/v1/costs", summary: "What everything cost that the caller may see", tag: "Costs",
  description: "As the costs of a project, over all projects in which the caller may read deployments.",
  policy: { kind: "signed-in" }, query: z.object({ window: costWindow }),
  responses: { 200: { description: "Cost in the window", schema: costReportSchema } },
  handler: async ({ actor, query }) => ({ status: 200, body: await costsOf(await readableProjects(actor), query.window) }),
});
export const predictEndpoint = endpoint({
  id: "predict", method: "POST", path: `${base}/predict`, summary: "Send one inference request", tag: "Predict",
  description: "An Open Inference Protocol V2 request, passed on to the deployment's endpoint. Headers `x-slipway-queue-ms` and `x-slipway-compute-ms` tell where the time went. For traffic, call the endpoint itself.",
  policy: { kind: "project", permission: "deployment.predict" }, params, query: z.object({ revision: z.coerce.number().int().min(1).optional() }),
  raw: { contentType: "application/json", description: "V2 inference request, JSON or with binary tensor data" }, idempotent: false,
  responses: { 200: { description: "V2 inference response", schema: z.looseObject({ model_name: z.string(), outputs: z.array(z.looseObject({ name: z.string() })) }) } },
  handler: async ({ project, params, query, request }) => predict(project.id, params.deployment, query.revision, request),
});
