import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { deploymentOfActor } from "@/lib/artifacts/artifact-actor";
import { exchangeArtifactToken, exchangedSchema, exchangeSchema } from "@/lib/artifacts/exchange-artifact-token";
import { serveArtifact } from "@/lib/artifacts/serve-artifact";

export const exchangeArtifactTokenEndpoint = endpoint({
  id: "exchangeArtifactToken", method: "POST", path: "/api/v1/artifacts/exchange", summary: "Files of a revision, for its pods", tag: "Deployments",
  description: "Asked by the init container of a pod on a cluster with the deployment's artifact token. Answers a short-lived token and what to download with it.",
  policy: { kind: "pod", token: "artifact" }, idempotent: false, body: exchangeSchema,
  responses: { 200: { description: "What to download", schema: exchangedSchema } },
  handler: async ({ actor, body }) => ({ status: 200, body: await exchangeArtifactToken(deploymentOfActor(actor), body.revision, new Date()) }),
});

export const downloadArtifactEndpoint = endpoint({
  id: "downloadArtifact", method: "GET", path: "/api/v1/artifacts/{blob}", summary: "The bytes of one file, for a deployment's pods", tag: "Deployments",
  description: "Takes `Range` for one range of bytes and `If-Range` with the ETag, which is the file's SHA-256.",
  policy: { kind: "pod", token: "download" }, params: z.object({ blob: z.uuid() }),
  responses: {
    200: { description: "The file", schema: z.string().meta({ format: "binary" }), contentType: "application/octet-stream" },
    206: { description: "A range of it", schema: z.string().meta({ format: "binary" }), contentType: "application/octet-stream" },
    416: { description: "No byte of that range is there", schema: null },
  },
  handler: ({ actor, params, request }) => serveArtifact(deploymentOfActor(actor), params.blob, request),
});
