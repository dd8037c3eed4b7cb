import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { isoTime } from "@/lib/api/schema";
import { deploymentParams } from "@/lib/deployments/schema";
import { issueEndpointToken } from "@/lib/deployments/issue-endpoint-token";
import { publicKeys } from "@/lib/edge-tokens/signing-keys";

const jwksSchema = z.object({ keys: z.array(z.object({ kty: z.literal("RSA"), n: z.string(), e: z.string(), kid: z.string(), alg: z.literal("RS256"), use: z.literal("sig") })) }).meta({ id: "Jwks" });

export const jwksEndpoint = endpoint({
  id: "getJwks", method: "GET", path: "/api/v1/jwks", summary: "Public keys that endpoint tokens are checked with", tag: "Meta",
  description: "A JSON Web Key Set (RFC 7517) for the edge of a cluster: Envoy Gateway or an ALB.", policy: { kind: "public" },
  responses: { 200: { description: "The keys", schema: jwksSchema } },
  handler: async () => ({ status: 200, body: { keys: await publicKeys() }, headers: { "cache-control": "public, max-age=300" } }),
});

export const issueEndpointTokenEndpoint = endpoint({
  id: "issueEndpointToken", method: "POST", path: "/api/v1/projects/{project}/deployments/{deployment}/token", summary: "A token for the deployment's own endpoint", tag: "Predict",
  description: "For endpoints on a cluster: a JWT, good for this deployment for five minutes. Send it as `Authorization: Bearer …` to `url`.",
  policy: { kind: "project", permission: "deployment.predict" }, params: deploymentParams, idempotent: false,
  responses: { 201: { description: "The token", schema: z.object({ token: z.string(), expiresAt: isoTime, url: z.string().nullable().meta({ description: "null: it has no way in from outside yet" }) }) } },
  handler: async ({ actor, project, params }) => ({ status: 201, body: await issueEndpointToken(actor, project.id, params.deployment, new Date()) }),
});
