import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { pageOf, pageQuery } from "@/lib/api/schema";
import { checkTarget } from "@/lib/targets-catalogue/check-target";
import { createTarget } from "@/lib/targets-catalogue/create-target";
import { deleteTarget } from "@/lib/targets-catalogue/delete-target";
import { getTarget } from "@/lib/targets-catalogue/get-target";
import { listTargets } from "@/lib/targets-catalogue/list-targets";
import { applyNodePools, listNodePools, nodePoolSchema, nodePoolStateSchema, plannedNodePoolsSchema, planNodePools } from "@/lib/targets-catalogue/node-pools";
import { createTargetSchema, findingSchema, targetDetailSchema, targetParams, targetSchema, updateTargetSchema } from "@/lib/targets-catalogue/schema";
import { updateTarget } from "@/lib/targets-catalogue/update-target";

const tag = "Targets";
const manage = { kind: "instance", permission: "target.manage" } as const;

export const listTargetsEndpoint = endpoint({
  id: "listTargets", method: "GET", path: "/api/v1/targets", summary: "List targets", tag,
  policy: { kind: "signed-in" }, query: pageQuery,
  responses: { 200: { description: "A page of targets", schema: pageOf(targetSchema) } },
  handler: async ({ query }) => ({ status: 200, body: await listTargets(query) }),
});

export const createTargetEndpoint = endpoint({
  id: "createTarget", method: "POST", path: "/api/v1/targets", summary: "Connect a cluster", tag,
  description: "By kubeconfig and context, as the service account of the pod Slipway runs in, or an EKS cluster of the AWS account. The connection is tried first; what signs in is stored sealed and is in no answer.",
  policy: manage, body: createTargetSchema,
  responses: { 201: { description: "The target", schema: targetDetailSchema } },
  handler: async ({ actor, body }) => {
    const made = await createTarget(actor, body);
    return { status: 201, body: made.target, etag: made.etag };
  },
});

export const getTargetEndpoint = endpoint({
  id: "getTarget", method: "GET", path: "/api/v1/targets/{target}", summary: "Get a target", tag,
  policy: { kind: "signed-in" }, params: targetParams,
  responses: { 200: { description: "The target", schema: targetDetailSchema } },
  handler: async ({ actor, params }) => {
    const found = await getTarget(actor, params.target);
    return { status: 200, body: found.target, etag: found.etag };
  },
});

export const updateTargetEndpoint = endpoint({
  id: "updateTarget", method: "PATCH", path: "/api/v1/targets/{target}", summary: "Change a target's name, settings or credentials", tag,
  policy: manage, params: targetParams, body: updateTargetSchema,
  responses: { 200: { description: "The target", schema: targetDetailSchema } },
  handler: async ({ actor, params, ifMatch, body }) => {
    const changed = await updateTarget(actor, params.target, ifMatch, body);
    return { status: 200, body: changed.target, etag: changed.etag };
  },
});

export const deleteTargetEndpoint = endpoint({
  id: "deleteTarget", method: "DELETE", path: "/api/v1/targets/{target}", summary: "Disconnect a cluster", tag,
  description: "Forgets the cluster and its credentials. Refused while deployments are on it; nothing on the cluster is touched.",
  policy: manage, params: targetParams,
  responses: { 204: { description: "Disconnected", schema: null } },
  handler: async ({ actor, params }) => {
    await deleteTarget(actor, params.target);
    return { status: 204, body: null };
  },
});

export const checkTargetEndpoint = endpoint({
  id: "checkTarget", method: "GET", path: "/api/v1/targets/{target}/check", summary: "What a target has and what is missing", tag,
  policy: { kind: "signed-in" }, params: targetParams,
  responses: { 200: { description: "Findings, each with the one command that mends it", schema: z.object({ items: z.array(findingSchema) }) } },
  handler: async ({ params }) => ({ status: 200, body: { items: await checkTarget(params.target) } }),
});

export const listNodePoolsEndpoint = endpoint({
  id: "listNodePools", method: "GET", path: "/api/v1/targets/{target}/node-pools", summary: "Karpenter's node pools of a cluster", tag,
  policy: manage, params: targetParams,
  responses: { 200: { description: "Every pool, whoever made it", schema: z.object({ items: z.array(nodePoolStateSchema) }) } },
  handler: async ({ actor, params }) => ({ status: 200, body: { items: await listNodePools(actor, params.target) } }),
});

export const planNodePoolsEndpoint = endpoint({
  id: "planNodePools", method: "POST", path: "/api/v1/targets/{target}/node-pools/plan", summary: "What a node pool would be, and change", tag,
  description: "The NodePool and its node class as YAML, what each part is for, and the API server's own dry run.",
  policy: manage, params: targetParams, body: nodePoolSchema,
  responses: { 200: { description: "The plan", schema: plannedNodePoolsSchema } },
  handler: async ({ actor, params, body }) => ({ status: 200, body: await planNodePools(actor, params.target, body) }),
});

export const applyNodePoolsEndpoint = endpoint({
  id: "applyNodePools", method: "POST", path: "/api/v1/targets/{target}/node-pools", summary: "Apply a node pool", tag,
  description: "From then on replicas may make machines of this kind, which cost money, up to the limits. Plan it first.",
  policy: manage, params: targetParams, body: nodePoolSchema,
  responses: { 200: { description: "Every pool there is now", schema: z.object({ items: z.array(nodePoolStateSchema) }) } },
  handler: async ({ actor, params, body }) => ({ status: 200, body: { items: await applyNodePools(actor, params.target, body) } }),
});
