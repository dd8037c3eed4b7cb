import { endpoint } from "@/lib/api/endpoint";
import { checkTargetSource } from "@/lib/observability/sources/check-target-source";
import { deleteSource } from "@/lib/observability/sources/delete-source";
import { getSource } from "@/lib/observability/sources/get-source";
import { putSource } from "@/lib/observability/sources/put-source";
import { metricsSourceSchema, putMetricsSourceSchema } from "@/lib/observability/sources/schema";
import { targetParams } from "@/lib/targets-catalogue/schema";

const tag = "Targets";
const path = "/api/v1/targets/{target}/metrics-source";
const manage = { kind: "instance", permission: "target.manage" } as const;

export const getMetricsSourceEndpoint = endpoint({
  id: "getMetricsSource", method: "GET", path, summary: "Where a target's measures come from", tag,
  policy: { kind: "signed-in" }, params: targetParams,
  responses: { 200: { description: "The source and what its last check found", schema: metricsSourceSchema } },
  handler: async ({ actor, params }) => ({ status: 200, body: await getSource(actor, params.target) }),
});

export const putMetricsSourceEndpoint = endpoint({
  id: "putMetricsSource", method: "PUT", path, summary: "Set where a cluster's measures come from", tag,
  description: "Prometheus, or what speaks its API: Amazon Managed Service for Prometheus (sigv4), Thanos, Mimir; or Datadog, by its site, an API key and an application key. It is asked once; one that does not answer yet is kept and says so. What signs in is stored sealed and is in no answer.",
  policy: manage, params: targetParams, body: putMetricsSourceSchema,
  responses: { 200: { description: "The source and what the check found", schema: metricsSourceSchema } },
  handler: async ({ actor, params, body }) => ({ status: 200, body: await putSource(actor, params.target, body) }),
});

export const deleteMetricsSourceEndpoint = endpoint({
  id: "deleteMetricsSource", method: "DELETE", path, summary: "Forget a target's metrics source", tag,
  policy: manage, params: targetParams,
  responses: { 204: { description: "Forgotten", schema: null } },
  handler: async ({ actor, params }) => {
    await deleteSource(actor, params.target);
    return { status: 204, body: null };
  },
});

export const checkMetricsSourceEndpoint = endpoint({
  id: "checkMetricsSource", method: "POST", path: `${path}/check`, summary: "Ask a target's metrics source now", tag,
  policy: manage, params: targetParams,
  responses: { 200: { description: "The source and what the check found", schema: metricsSourceSchema } },
  handler: async ({ actor, params }) => ({ status: 200, body: await checkTargetSource(actor, params.target) }),
});
