import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { isoTime, pageOf, pageQuery, slugSchema } from "@/lib/api/schema";
import { checkTarget, getTarget, listTargets } from "@/lib/targets-catalogue/list-targets";

const tag = "Targets";
const targetSchema = z.object({ slug: z.string(), name: z.string(), kind: z.string(), createdAt: isoTime }).meta({ id: "Target" });
const findingSchema = z.object({
  id: z.string(), status: z.enum(["ok", "warning", "missing", "unknown"]), title: z.string(), detail: z.string(), fix: z.string().nullable(),
}).meta({ id: "TargetFinding" });
const params = z.object({ target: slugSchema });

export const listTargetsEndpoint = endpoint({
  id: "listTargets", method: "GET", path: "/api/v1/targets", summary: "List targets", tag,
  policy: { kind: "signed-in" }, query: pageQuery,
  responses: { 200: { description: "A page of targets", schema: pageOf(targetSchema) } },
  handler: async ({ query }) => ({ status: 200, body: await listTargets(query) }),
});

export const getTargetEndpoint = endpoint({
  id: "getTarget", method: "GET", path: "/api/v1/targets/{target}", summary: "Get a target", tag,
  policy: { kind: "signed-in" }, params,
  responses: { 200: { description: "The target", schema: targetSchema } },
  handler: async ({ params }) => ({ status: 200, body: await getTarget(params.target) }),
});

export const checkTargetEndpoint = endpoint({
  id: "checkTarget", method: "GET", path: "/api/v1/targets/{target}/check", summary: "What a target has and what is missing", tag,
  policy: { kind: "signed-in" }, params,
  responses: { 200: { description: "Findings, each with the one command that mends it", schema: z.object({ items: z.array(findingSchema) }) } },
  handler: async ({ params }) => ({ status: 200, body: { items: await checkTarget(params.target) } }),
});
