import { endpoint } from "@/lib/api/endpoint";
import { askFirst } from "@/lib/approvals/ask-first";
import { waitingSchema, type ApprovalDto } from "@/lib/approvals/schema";
import { abortRollout } from "@/lib/deployments/abort-rollout";
import { pauseCanary } from "@/lib/deployments/pause-canary";
import { planChange, planSchema, plannedSchema } from "@/lib/deployments/plan-change";
import { promoteCanary } from "@/lib/deployments/promote-canary";
import { retryDeployment } from "@/lib/deployments/retry-deployment";
import { rollBack } from "@/lib/deployments/roll-back";
import { deploymentParams, deploymentSchema, rollbackSchema, updateDeploymentSchema } from "@/lib/deployments/schema";
import { setRunning } from "@/lib/deployments/set-running";
import { updateDeployment } from "@/lib/deployments/update-deployment";

const tag = "Deployments";
const base = "/api/v1/projects/{project}/deployments/{deployment}";
const write = { kind: "project", permission: "deployment.write" } as const;
const responses = { 200: { description: "The deployment as it is wanted now", schema: deploymentSchema } };
const mayWait = { ...responses, 202: { description: "The change waits for approval; nothing of it has happened", schema: waitingSchema } };
const reply = (r: { deployment: unknown; etag: string }) => ({ status: 200, body: r.deployment, etag: r.etag });
const replyOrWait = (r: { done: { deployment: unknown; etag: string } } | { approval: ApprovalDto }) => ("done" in r ? reply(r.done) : { status: 202, body: r });

export const updateDeploymentEndpoint = endpoint({
  id: "updateDeployment", method: "PATCH", path: base, summary: "Change a deployment", tag, requiresIfMatch: true,
  description: "Send `If-Match` with the ETag you read. What a replica is made of (version, profile, runtime, variables, secrets, queue limit) makes a new revision, which takes over once it is ready; the rest takes effect at once.",
  policy: write, params: deploymentParams, body: updateDeploymentSchema, responses: mayWait,
  handler: async ({ actor, project, params, body, ifMatch }) => replyOrWait(await askFirst(actor, project.id, { action: "update", deployment: params.deployment, body }, () => updateDeployment(actor, project.id, params.deployment, ifMatch, body))),
});

export const planEndpoint = endpoint({
  id: "planDeploymentChange", method: "POST", path: `${base}/plan`, summary: "What a change would do", tag,
  description: "A dry run: the change is checked as if it were made, and the target says what it would change. On a cluster that is the API server's own dry run, object by object. Nothing is changed.",
  policy: write, params: deploymentParams, body: planSchema, responses: { 200: { description: "What would differ", schema: plannedSchema } },
  handler: async ({ actor, project, params, body }) => ({ status: 200, body: await planChange(actor, project.id, params.deployment, body) }),
});

export const rollbackEndpoint = endpoint({
  id: "rollbackDeployment", method: "POST", path: `${base}/rollback`, summary: "Roll back to an earlier revision", tag,
  policy: write, params: deploymentParams, body: rollbackSchema, responses,
  handler: async ({ actor, project, params, body }) => reply(await rollBack(actor, project.id, params.deployment, body.revision)),
});

export const promoteEndpoint = endpoint({
  id: "promoteCanary", method: "POST", path: `${base}/promote`, summary: "Give the canary all the traffic", tag,
  policy: write, params: deploymentParams, responses,
  handler: async ({ actor, project, params }) => reply(await promoteCanary(actor, project.id, params.deployment)),
});

export const pauseCanaryEndpoint = endpoint({
  id: "pauseCanary", method: "POST", path: `${base}/pause`, summary: "Hold a canary where it is", tag,
  description: "It keeps its share of the traffic, and is neither promoted nor rolled back until it is resumed.",
  policy: write, params: deploymentParams, responses,
  handler: async ({ actor, project, params }) => reply(await pauseCanary(actor, project.id, params.deployment, true)),
});

export const resumeCanaryEndpoint = endpoint({
  id: "resumeCanary", method: "POST", path: `${base}/resume`, summary: "Let a paused canary go on", tag,
  policy: write, params: deploymentParams, responses,
  handler: async ({ actor, project, params }) => reply(await pauseCanary(actor, project.id, params.deployment, false)),
});

export const abortEndpoint = endpoint({
  id: "abortRollout", method: "POST", path: `${base}/abort`, summary: "Give up a canary or a rolling change", tag,
  policy: write, params: deploymentParams, responses,
  handler: async ({ actor, project, params }) => reply(await abortRollout(actor, project.id, params.deployment)),
});

export const stopEndpoint = endpoint({
  id: "stopDeployment", method: "POST", path: `${base}/stop`, summary: "Stop a deployment", tag,
  policy: write, params: deploymentParams, responses,
  handler: async ({ actor, project, params }) => reply(await setRunning(actor, project.id, params.deployment, false)),
});

export const startEndpoint = endpoint({
  id: "startDeployment", method: "POST", path: `${base}/start`, summary: "Start a stopped deployment", tag,
  policy: write, params: deploymentParams, responses: mayWait,
  handler: async ({ actor, project, params }) => replyOrWait(await askFirst(actor, project.id, { action: "start", deployment: params.deployment, body: {} }, () => setRunning(actor, project.id, params.deployment, true))),
});

export const retryEndpoint = endpoint({
  id: "retryDeployment", method: "POST", path: `${base}/retry`, summary: "Try a revision again that was given up", tag,
  policy: write, params: deploymentParams, responses,
  handler: async ({ actor, project, params }) => reply(await retryDeployment(actor, project.id, params.deployment)),
});
