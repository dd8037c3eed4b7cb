import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { deploymentParams } from "@/lib/deployments/schema";
import { listDrills } from "@/lib/drills/list-drills";
import { drillSchema, startDrillSchema } from "@/lib/drills/schema";
import { startDrill } from "@/lib/drills/start-drill";

const tag = "Deployments";
const path = "/api/v1/projects/{project}/deployments/{deployment}/drills";

export const listDrillsEndpoint = endpoint({
  id: "listDrills", method: "GET", path, summary: "Drills of a deployment, newest first", tag,
  policy: { kind: "project", permission: "deployment.read" }, params: deploymentParams,
  responses: { 200: { description: "The newest twenty", schema: z.object({ items: z.array(drillSchema) }) } },
  handler: async ({ project, params }) => ({ status: 200, body: { items: await listDrills(project.id, params.deployment) } }),
});

export const startDrillEndpoint = endpoint({
  id: "startDrill", method: "POST", path, summary: "Drain a node of a deployment and measure the recovery", tag,
  description: "As a spot interruption would: the node with most of its ready replicas is cordoned, they are evicted within their disruption budget, and the time is measured until as many are ready elsewhere. Then the node is given back. Pods of others stay. For platform people.",
  policy: { kind: "project", permission: "deployment.drill" }, params: deploymentParams, body: startDrillSchema,
  responses: { 201: { description: "The drill, which workers carry out", schema: drillSchema } },
  handler: async ({ actor, project, params, body }) => ({ status: 201, body: await startDrill(actor, project.id, params.deployment, body.confirm) }),
});
