import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { pageOf, pageQuery } from "@/lib/api/schema";
import { deploymentParams } from "@/lib/deployments/schema";
import { createLoadTest } from "@/lib/load-tests/create-load-test";
import { forecastLoadTest } from "@/lib/load-tests/forecast-load-test";
import { getLoadTest, listLoadTests } from "@/lib/load-tests/read-load-tests";
import { createLoadTestSchema, forecastLoadTestSchema, latencyTargetQuery, loadForecastSchema, loadTestParams, loadTestSchema } from "@/lib/load-tests/schema";
import { stopLoadTest } from "@/lib/load-tests/stop-load-test";

const tag = "Load tests";
const base = "/api/v1/projects/{project}/deployments/{deployment}/load-tests";
const read = { kind: "project", permission: "deployment.read" } as const;
const write = { kind: "project", permission: "deployment.write" } as const;

export const forecastLoadTestEndpoint = endpoint({
  id: "forecastLoadTest", method: "POST", path: `${base}/forecast`, summary: "What a load test would send and cost", tag, description: "Nothing is sent and nothing is kept.", idempotent: false,
  policy: write, params: deploymentParams, body: forecastLoadTestSchema, responses: { 200: { description: "Requests, time and cost, with where each comes from", schema: loadForecastSchema } },
  handler: async ({ project, params, body }) => ({ status: 200, body: await forecastLoadTest(project.id, params.deployment, body) }),
});

export const createLoadTestEndpoint = endpoint({
  id: "createLoadTest", method: "POST", path: base, summary: "Start a load test", tag,
  description: "A worker sends it, within the limits of the plan; one at a time a deployment (409), three of a project (429). `confirmed` says that the forecast was seen.",
  policy: write, params: deploymentParams, body: createLoadTestSchema, responses: { 201: { description: "The test, waiting for a worker", schema: loadTestSchema } },
  handler: async ({ actor, project, params, body }) => ({ status: 201, body: await createLoadTest(actor, project.id, params.deployment, body) }),
});

export const listLoadTestsEndpoint = endpoint({
  id: "listLoadTests", method: "GET", path: base, summary: "List load tests of a deployment, newest first", tag,
  policy: read, params: deploymentParams, query: pageQuery.extend({ revision: z.coerce.number().int().min(1).max(2 ** 31 - 1).optional(), ...latencyTargetQuery.shape }),
  responses: { 200: { description: "A page of tests with their results", schema: pageOf(loadTestSchema) } },
  handler: async ({ project, params, query }) => ({ status: 200, body: await listLoadTests(project.id, params.deployment, query) }),
});

export const getLoadTestEndpoint = endpoint({
  id: "getLoadTest", method: "GET", path: `${base}/{test}`, summary: "Get a load test", tag, description: "`targetMs` asks for the cost of 1,000 predictions at that latency.",
  policy: read, params: loadTestParams, query: latencyTargetQuery, responses: { 200: { description: "The test, how far it has come, and what its ended steps measured", schema: loadTestSchema } },
  handler: async ({ project, params, query }) => ({ status: 200, body: await getLoadTest(project.id, params.deployment, params.test, query) }),
});

export const stopLoadTestEndpoint = endpoint({
  id: "stopLoadTest", method: "DELETE", path: `${base}/{test}`, summary: "Stop a load test", tag, description: "Sending ends within two seconds. What ended steps measured stays. Stopping twice is success.",
  policy: write, params: loadTestParams, responses: { 200: { description: "The test, stopped", schema: loadTestSchema } },
  handler: async ({ actor, project, params }) => ({ status: 200, body: await stopLoadTest(actor, project.id, params.deployment, params.test) }),
});
