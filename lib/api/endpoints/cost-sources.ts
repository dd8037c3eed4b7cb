import { endpoint } from "@/lib/api/endpoint";
import { checkTargetCostSource } from "@/lib/costs/sources/check-target-cost-source";
import { deleteCostSource } from "@/lib/costs/sources/delete-cost-source";
import { getCostSource } from "@/lib/costs/sources/get-cost-source";
import { putCostSource } from "@/lib/costs/sources/put-cost-source";
import { costSourceSchema, putCostSourceSchema } from "@/lib/costs/sources/schema";
import { targetParams } from "@/lib/targets-catalogue/schema";

const tag = "Targets";
const path = "/api/v1/targets/{target}/cost-source";
const manage = { kind: "instance", permission: "target.manage" } as const;

export const getCostSourceEndpoint = endpoint({
  id: "getCostSource", method: "GET", path, summary: "Where the measured cost of a target's deployments is asked", tag,
  policy: { kind: "signed-in" }, params: targetParams,
  responses: { 200: { description: "The source, what its last check found, and how collection fares", schema: costSourceSchema } },
  handler: async ({ actor, params }) => ({ status: 200, body: await getCostSource(actor, params.target) }),
});

export const putCostSourceEndpoint = endpoint({
  id: "putCostSource", method: "PUT", path, summary: "Set where the measured cost of a cluster's deployments is asked", tag,
  description: "Kubecost 2.x or 3.x, or OpenCost. It is asked once; one that does not answer yet is kept and says so. The worker collects every hour, the newest three days again. The header's value is stored sealed and is in no answer.",
  policy: manage, params: targetParams, body: putCostSourceSchema,
  responses: { 200: { description: "The source and what the check found", schema: costSourceSchema } },
  handler: async ({ actor, params, body }) => ({ status: 200, body: await putCostSource(actor, params.target, body) }),
});

export const deleteCostSourceEndpoint = endpoint({
  id: "deleteCostSource", method: "DELETE", path, summary: "Forget a target's cost source", tag,
  description: "What it said before stays.", policy: manage, params: targetParams,
  responses: { 204: { description: "Forgotten", schema: null } },
  handler: async ({ actor, params }) => {
    await deleteCostSource(actor, params.target);
    return { status: 204, body: null };
  },
});

export const checkCostSourceEndpoint = endpoint({
  id: "checkCostSource", method: "POST", path: `${path}/check`, summary: "Ask a target's cost source now", tag,
  description: "Collection begins at once as well.", policy: manage, params: targetParams,
  responses: { 200: { description: "The source and what the check found", schema: costSourceSchema } },
  handler: async ({ actor, params }) => ({ status: 200, body: await checkTargetCostSource(actor, params.target) }),
});
