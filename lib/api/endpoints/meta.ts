import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { env } from "@/lib/env";
import { ownMetrics } from "@/lib/health/own-metrics";
import { readStatus } from "@/lib/health/read-status";
import { registry } from "@/lib/health/registry";
import { statusSchema } from "@/lib/health/schema";

export const openApiEndpoint = endpoint({
  id: "getOpenApi", method: "GET", path: "/api/v1/openapi.json", summary: "This document", tag: "Meta",
  policy: { kind: "public" },
  responses: { 200: { description: "OpenAPI 3.1", schema: z.looseObject({ openapi: z.string() }) } },
  // Imported at the call: the document is made from the registry, which holds this endpoint too.
  handler: async () => ({ status: 200, body: (await import("@/lib/api/openapi")).openApiDocument(env().baseUrl), headers: { "cache-control": "public, max-age=300" } }),
});

export const ownMetricsEndpoint = endpoint({
  id: "getOwnMetrics", method: "GET", path: "/metrics", summary: "Slipway's own measures, for a Prometheus", tag: "Meta",
  description: "Of every process: requests by route template, reconcile passes, lease losses, corrections of the watch, failures of sources; and what waits, jobs, disk. No names of tenants.",
  policy: { kind: "instance", permission: "user.read" },
  responses: { 200: { description: "Prometheus text format", schema: z.string(), contentType: "text/plain" } },
  handler: async () => new Response(await ownMetrics(), { headers: { "content-type": registry().contentType, "cache-control": "no-store" } }),
});

export const statusEndpoint = endpoint({
  id: "getStatus", method: "GET", path: "/api/v1/status", summary: "How Slipway itself fares", tag: "Meta",
  description: "Processes that were heard of, what waits, the database, disk, periodic jobs, metrics sources.",
  policy: { kind: "instance", permission: "user.read" },
  responses: { 200: { description: "As it is now", schema: statusSchema } },
  handler: async () => ({ status: 200, body: await readStatus() }),
});
