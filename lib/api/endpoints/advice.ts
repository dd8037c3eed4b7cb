import { z } from "zod";
import { applyAdvice, adviceOf } from "@/lib/advice/apply-advice";
import { deploymentAdvice, listAdvice } from "@/lib/advice/deployment-advice";
import { ADVICE_KINDS, adviceListSchema, deploymentAdviceSchema } from "@/lib/advice/schema";
import { endpoint } from "@/lib/api/endpoint";
import { projectParams, slugSchema } from "@/lib/api/schema";
import { askFirst } from "@/lib/approvals/ask-first";
import { waitingSchema } from "@/lib/approvals/schema";
import { findDeployment } from "@/lib/deployments/find-deployment";
import { deploymentParams, deploymentSchema } from "@/lib/deployments/schema";
import { readableProjects } from "@/lib/projects/readable-projects";

const tag = "Advice";
const reads = { kind: "project", permission: "deployment.read" } as const;
const base = "/api/v1/projects/{project}/deployments/{deployment}/advice";
const description = "From the last 14 days of measures: a smaller profile, fewer replicas, sleep while nobody asks, stopping what nobody uses. Withheld, with what is missing, where too little is known.";

export const deploymentAdviceEndpoint = endpoint({
  id: "getDeploymentAdvice", method: "GET", path: base, summary: "What would make a deployment cheaper", tag, description, policy: reads, params: deploymentParams,
  responses: { 200: { description: "Advice, the data behind it, and what became of advice taken", schema: deploymentAdviceSchema } },
  handler: async ({ project, params }) => ({ status: 200, body: await deploymentAdvice((await findDeployment(project.id, params.deployment)).id) }),
});

export const applyAdviceEndpoint = endpoint({
  id: "applyDeploymentAdvice", method: "POST", path: `${base}/{kind}/apply`, summary: "Take an advice", tag,
  description: "Makes the change it names as a PATCH would, gate and approval included, and follows what it saves. Send `If-Match` with the advice's etag. 409 where it does not hold any more.",
  policy: { kind: "project", permission: "deployment.write" }, params: deploymentParams.extend({ kind: z.enum(ADVICE_KINDS) }),
  responses: { 200: { description: "The deployment as it is wanted now", schema: deploymentSchema }, 202: { description: "The change waits for approval; nothing of it has happened", schema: waitingSchema } },
  handler: async ({ actor, project, params, ifMatch }) => {
    const { id } = await findDeployment(project.id, params.deployment);
    const advice = await adviceOf(id, params.kind);
    const result = await askFirst(actor, project.id, { action: "update", deployment: params.deployment, body: advice.item.change }, () => applyAdvice(actor, project, { id, slug: params.deployment }, ifMatch, advice));
    return "done" in result ? { status: 200, body: result.done.deployment, etag: result.done.etag } : { status: 202, body: result };
  },
});

export const projectAdviceEndpoint = endpoint({
  id: "listProjectAdvice", method: "GET", path: "/api/v1/projects/{project}/advice", summary: "What would make a project cheaper", tag, description, policy: reads, params: projectParams,
  responses: { 200: { description: "Advice on its 50 dearest running deployments", schema: adviceListSchema } },
  handler: async ({ project }) => ({ status: 200, body: await listAdvice([project]) }),
});

export const adviceEndpoint = endpoint({
  id: "listAdvice", method: "GET", path: "/api/v1/advice", summary: "What would make things cheaper that the caller may see", tag, description, policy: { kind: "signed-in" }, query: z.object({ project: slugSchema.optional() }),
  responses: { 200: { description: "Advice on the 50 dearest running deployments", schema: adviceListSchema } },
  handler: async ({ actor, query }) => ({ status: 200, body: await listAdvice((await readableProjects(actor)).filter((p) => query.project === undefined || p.slug === query.project)) }),
});
