import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { registry } from "@/lib/api/request-metrics";
import { env } from "@/lib/env";

export const openApiEndpoint = endpoint({
  id: "getOpenApi", method: "GET", path: "/api/v1/openapi.json", summary: "This document", tag: "Meta",
  policy: { kind: "public" },
  responses: { 200: { description: "OpenAPI 3.1", schema: z.looseObject({ openapi: z.string() }) } },
  // Imported at the call: the document is made from the registry, which holds this endpoint too.
  handler: async () => ({ status: 200, body: (await import("@/lib/api/openapi")).openApiDocument(env().baseUrl), headers: { "cache-control": "public, max-age=300" } }),
});

export const ownMetricsEndpoint = endpoint({
  id: "getOwnMetrics", method: "GET", path: "/metrics", summary: "Slipway's own measures, for a Prometheus", tag: "Meta",
  description: "Counts and durations by route template; no names of tenants.",
  policy: { kind: "instance", permission: "user.read" },
  responses: { 200: { description: "Prometheus text format", schema: z.string(), contentType: "text/plain" } },
  handler: async () => new Response(await registry().metrics(), { headers: { "content-type": registry().contentType, "cache-control": "no-store" } }),
});
