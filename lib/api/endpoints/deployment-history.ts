import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { isoTime, pageOf, pageQuery } from "@/lib/api/schema";
import { deploymentManifests } from "@/lib/manifests/deployment-manifests";
import { causeSchema } from "@/lib/deployments/diagnosis";
import { getDiagnosis } from "@/lib/deployments/get-diagnosis";
import { diffRevisions } from "@/lib/deployments/diff-revisions";
import { impactSchema } from "@/lib/deployments/revision-impact";
import { listEvents } from "@/lib/deployments/list-events";
import { listRevisions } from "@/lib/deployments/list-revisions";
import { ndjson, readLogs } from "@/lib/deployments/read-logs";
import { deploymentParams, deploymentSchema, eventSchema, revisionSchema } from "@/lib/deployments/schema";

const tag = "Deployments";
const base = "/api/v1/projects/{project}/deployments/{deployment}";
const read = { kind: "project", permission: "deployment.read" } as const;
const revisionNumber = z.coerce.number().int().min(1).max(2 ** 31 - 1);

export const listRevisionsEndpoint = endpoint({
  id: "listRevisions", method: "GET", path: `${base}/revisions`, summary: "List revisions, newest first", tag,
  policy: read, params: deploymentParams, query: pageQuery,
  responses: { 200: { description: "A page of revisions", schema: pageOf(revisionSchema) } },
  handler: async ({ project, params, query }) => ({ status: 200, body: await listRevisions(project.id, params.deployment, query) }),
});

export const diffRevisionsEndpoint = endpoint({
  id: "diffRevisions", method: "GET", path: `${base}/revisions/{revision}/diff`, summary: "What differs between two revisions", tag,
  policy: read, params: deploymentParams.extend({ revision: revisionNumber }),
  query: z.object({ against: revisionNumber.optional().meta({ description: "The one before unless said" }) }),
  responses: { 200: { description: "Both revisions and what differs", schema: z.object({ from: revisionSchema, to: revisionSchema, changes: z.array(z.object({ field: z.string(), from: z.unknown(), to: z.unknown() })), impact: impactSchema }) } },
  handler: async ({ project, params, query }) => ({ status: 200, body: await diffRevisions(project.id, params.deployment, params.revision, query.against) }),
});

export const listEventsEndpoint = endpoint({
  id: "listDeploymentEvents", method: "GET", path: `${base}/events`, summary: "List events, newest first", tag,
  policy: read, params: deploymentParams, query: pageQuery,
  responses: { 200: { description: "A page of events", schema: pageOf(eventSchema) } },
  handler: async ({ project, params, query }) => ({ status: 200, body: await listEvents(project.id, params.deployment, query) }),
});

const lineSchema = z.object({ at: isoTime, replica: z.string(), revision: z.number().int(), stream: z.enum(["stdout", "stderr", "system"]), text: z.string() }).meta({ id: "LogLine" });

export const logsEndpoint = endpoint({
  id: "getDeploymentLogs", method: "GET", path: `${base}/logs`, summary: "Logs of the replicas", tag,
  description: "The last `tail` lines, oldest first. With `follow=true` the answer is application/x-ndjson, one line each, and goes on until you close it.",
  policy: read, params: deploymentParams,
  query: z.object({
    tail: z.coerce.number().int().min(0).max(5000).default(200), follow: z.enum(["true", "false"]).default("false"),
    revision: revisionNumber.optional(), replica: z.string().max(120).optional(),
  }),
  responses: { 200: { description: "Log lines", schema: z.object({ items: z.array(lineSchema) }) } },
  handler: async ({ project, params, query, request }) => {
    const follow = query.follow === "true";
    const lines = await readLogs(project.id, params.deployment, { follow, tailLines: query.tail, revision: query.revision, replica: query.replica, signal: request.signal });
    if (follow) return new Response(ndjson(lines), { headers: { "content-type": "application/x-ndjson", "cache-control": "no-cache, no-transform", "x-accel-buffering": "no" } });
    const items = [];
    for await (const line of lines) items.push(line);
    return { status: 200, body: { items } };
  },
});

const manifestsSchema = z.object({
  target: z.string(), preview: z.boolean().meta({ description: "true: its target is no cluster; these are the objects a cluster would be given, with placeholders for what only a cluster has" }),
  objects: z.array(z.object({ apiVersion: z.string(), kind: z.string(), namespace: z.string().nullable(), name: z.string() })),
  yaml: z.string().meta({ description: "One document an object, in the order they are applied. Values of Secrets are left out" }),
  notes: z.array(z.string()).meta({ description: "What is fixed or left out here, and why" }),
}).meta({ id: "DeploymentManifests" });

export const manifestsEndpoint = endpoint({
  id: "getDeploymentManifests", method: "GET", path: `${base}/manifests`, summary: "The Kubernetes objects it is made of", tag,
  description: "What Slipway applies, byte for byte but for the values of Secrets. `format=yaml` answers the YAML itself, as a file.",
  policy: read, params: deploymentParams, query: z.object({ format: z.enum(["json", "yaml"]).default("json") }),
  responses: { 200: { description: "The objects", schema: manifestsSchema } },
  handler: async ({ project, params, query }) => {
    const found = await deploymentManifests(project.id, params.deployment);
    if (query.format === "json") return { status: 200, body: found };
    return new Response(found.yaml, { headers: { "content-type": "application/yaml; charset=utf-8", "content-disposition": `attachment; filename="${params.deployment}.yaml"`, "cache-control": "no-store", "x-content-type-options": "nosniff" } });
  },
});

const diagnosisSchema = z.object({
  phase: z.string(), summary: z.string(),
  lastError: z.object({ revision: z.number().int(), reason: z.string(), message: z.string(), at: isoTime }).nullable(),
  advice: z.array(z.object({ code: z.string(), text: z.string() })), conditions: deploymentSchema.shape.status.shape.conditions,
  cause: causeSchema.nullable().meta({ description: "One cause, one fix, and the raw lines they rest on; code Unknown where no rule matches; null: nothing is wrong" }),
}).meta({ id: "Diagnosis" });

export const diagnosisEndpoint = endpoint({
  id: "getDeploymentDiagnosis", method: "GET", path: `${base}/diagnosis`, summary: "Why it is as it is, and what to do", tag,
  policy: read, params: deploymentParams,
  responses: { 200: { description: "One cause and what to do about it", schema: diagnosisSchema } },
  handler: async ({ project, params }) => ({ status: 200, body: await getDiagnosis(project.id, params.deployment) }),
});
