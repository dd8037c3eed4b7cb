import { endpoint } from "@/lib/api/endpoint";
import { pageOf, projectParams } from "@/lib/api/schema";
import { askFirst } from "@/lib/approvals/ask-first";
import { waitingSchema } from "@/lib/approvals/schema";
import { createDeployment } from "@/lib/deployments/create-deployment";
import { deleteDeployment } from "@/lib/deployments/delete-deployment";
import { getDeployment } from "@/lib/deployments/get-deployment";
import { listDeployments, listDeploymentsQuery } from "@/lib/deployments/list-deployments";
import { createDeploymentSchema, deploymentParams, deploymentRowSchema, deploymentSchema } from "@/lib/deployments/schema";

const tag = "Deployments";
const base = "/api/v1/projects/{project}/deployments";

export const listDeploymentsEndpoint = endpoint({
  id: "listDeployments", method: "GET", path: base, summary: "List deployments", tag,
  policy: { kind: "project", permission: "deployment.read" }, params: projectParams, query: listDeploymentsQuery,
  responses: { 200: { description: "A page of deployments", schema: pageOf(deploymentRowSchema) } },
  handler: async ({ project, query }) => ({ status: 200, body: await listDeployments(project.id, query) }),
});

export const createDeploymentEndpoint = endpoint({
  id: "createDeployment", method: "POST", path: base, summary: "Deploy a version of a model", tag,
  description: "Answers as soon as it is written down; `status.phase` goes from Pending to Ready or Failed. Where the environment's rule or budget wants somebody's yes first, it answers 202 with the request that now waits; over a budget that blocks, 422 `over_budget`.",
  policy: { kind: "project", permission: "deployment.write" }, params: projectParams, body: createDeploymentSchema,
  responses: { 201: { description: "The deployment", schema: deploymentSchema }, 202: { description: "It waits for approval; nothing runs yet", schema: waitingSchema } },
  handler: async ({ actor, project, body }) => {
    const result = await askFirst(actor, project.id, { action: "create", deployment: body.name, body }, () => createDeployment(actor, project.id, body));
    if ("approval" in result) return { status: 202, body: result };
    const created = result.done;
    return { status: 201, body: created.deployment, etag: created.etag, headers: { location: `/api/v1/projects/${project.slug}/deployments/${body.name}` } };
  },
});

export const getDeploymentEndpoint = endpoint({
  id: "getDeployment", method: "GET", path: `${base}/{deployment}`, summary: "Get a deployment", tag,
  policy: { kind: "project", permission: "deployment.read" }, params: deploymentParams,
  responses: { 200: { description: "The deployment, with the ETag its PATCH asks for", schema: deploymentSchema } },
  handler: async ({ project, params }) => {
    const found = await getDeployment(project.id, params.deployment);
    return { status: 200, body: found.deployment, etag: found.etag };
  },
});

export const deleteDeploymentEndpoint = endpoint({
  id: "deleteDeployment", method: "DELETE", path: `${base}/{deployment}`, summary: "Delete a deployment", tag,
  description: "Its replicas are drained first: it answers with phase Deleting until nothing is left, then 404. Its measured cost stays.",
  policy: { kind: "project", permission: "deployment.write" }, params: deploymentParams,
  responses: { 200: { description: "The deployment, being deleted", schema: deploymentSchema } },
  handler: async ({ actor, project, params }) => ({ status: 200, body: await deleteDeployment(actor, project.id, params.deployment) }),
});
