import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { contextSchema, discoverEksSchema, listContextsSchema } from "@/lib/targets-catalogue/schema";
import { discoverEks, eksRegionSchema } from "@/lib/targets/eks/discover";
import { runsInCluster } from "@/lib/targets/kubernetes/in-cluster";
import { listContexts, readKubeconfig } from "@/lib/targets/kubernetes/parse-kubeconfig";

const tag = "Targets";
const manage = { kind: "instance", permission: "target.manage" } as const;

// Apart from /targets, where the name would be a target's. Nothing is kept, so there is nothing to do only once.

export const listContextsEndpoint = endpoint({
  id: "listKubeContexts", method: "POST", path: "/api/v1/target-discovery/kubeconfig", summary: "Contexts of a kubeconfig, and which of them can be used", tag,
  description: "Nothing is kept, nothing is connected to.",
  policy: manage, body: listContextsSchema, idempotent: false,
  responses: { 200: { description: "Its contexts", schema: z.object({ items: z.array(contextSchema) }) } },
  handler: async ({ body }) => ({ status: 200, body: { items: listContexts(readKubeconfig(body.kubeconfig)) } }),
});

export const discoverEksEndpoint = endpoint({
  id: "discoverEks", method: "POST", path: "/api/v1/target-discovery/eks", summary: "EKS clusters of the AWS account, by region", tag,
  description: "With the AWS identity of Slipway's processes, or a role assumed with it. A region that fails says why and does not keep the others.",
  policy: manage, body: discoverEksSchema, idempotent: false,
  responses: { 200: { description: "Clusters by region", schema: z.object({ regions: z.array(eksRegionSchema) }) } },
  handler: async ({ body }) => ({ status: 200, body: { regions: await discoverEks(body.regions, body.roleArn ? { roleArn: body.roleArn, externalId: body.externalId ?? null } : null) } }),
});

export const inClusterEndpoint = endpoint({
  id: "getInCluster", method: "GET", path: "/api/v1/target-discovery/in-cluster", summary: "Whether Slipway runs in a cluster itself", tag,
  policy: manage,
  responses: { 200: { description: "true: that cluster can be connected as the pod's service account", schema: z.object({ available: z.boolean() }) } },
  handler: async () => ({ status: 200, body: { available: runsInCluster() } }),
});
