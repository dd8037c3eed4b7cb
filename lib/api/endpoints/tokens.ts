import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { pageOf } from "@/lib/api/schema";
import { createToken } from "@/lib/tokens/create-token";
import { listTokens } from "@/lib/tokens/list-tokens";
import { revokeToken } from "@/lib/tokens/revoke-token";
import { createTokenSchema, listTokensQuery, newTokenSchema, tokenSchema } from "@/lib/tokens/schema";

const tag = "API tokens";

export const listTokensEndpoint = endpoint({
  id: "listTokens", method: "GET", path: "/api/v1/tokens", summary: "List your API tokens", tag,
  policy: { kind: "signed-in" }, query: listTokensQuery,
  responses: { 200: { description: "A page of tokens that still work", schema: pageOf(tokenSchema) } },
  handler: async ({ actor, query }) => ({ status: 200, body: await listTokens(actor, query) }),
});

export const createTokenEndpoint = endpoint({
  id: "createToken", method: "POST", path: "/api/v1/tokens", summary: "Make an API token", tag,
  description: "Acts for you, within your own rights at every use. Not replayed by Idempotency-Key: the token is shown once and kept nowhere.",
  policy: { kind: "signed-in", anyScope: true }, body: createTokenSchema, idempotent: false,
  responses: { 201: { description: "The token, shown this once", schema: newTokenSchema } },
  handler: async ({ actor, body }) => ({ status: 201, body: await createToken(actor, body) }),
});

export const revokeTokenEndpoint = endpoint({
  id: "revokeToken", method: "DELETE", path: "/api/v1/tokens/{token}", summary: "Revoke an API token", tag,
  policy: { kind: "signed-in", anyScope: true }, params: z.object({ token: z.uuid() }),
  responses: { 204: { description: "Its next use is refused", schema: null } },
  handler: async ({ actor, params }) => {
    await revokeToken(actor, params.token);
    return { status: 204, body: null };
  },
});
