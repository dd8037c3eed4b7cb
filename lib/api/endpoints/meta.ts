import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { env } from "@/lib/env";

export const openApiEndpoint = endpoint({
  id: "getOpenApi", method: "GET", path: "/api/v1/openapi.json", summary: "This document", tag: "Meta",
  policy: { kind: "public" },
  responses: { 200: { description: "OpenAPI 3.1", schema: z.looseObject({ openapi: z.string() }) } },
  // Imported at the call: the document is made from the registry, which holds this endpoint too.
  handler: async () => ({ status: 200, body: (await import("@/lib/api/openapi")).openApiDocument(env().baseUrl), headers: { "cache-control": "public, max-age=300" } }),
});
