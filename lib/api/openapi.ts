import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import type { AnyEndpoint } from "@/lib/api/endpoint";
import { ENDPOINTS } from "@/lib/api/registry";
import { API_TAGS } from "@/lib/api/tags";
import { problemSchema } from "@/lib/api/schema";
import { PERMISSIONS } from "@/lib/auth/permissions";

let document: ReturnType<typeof createDocument> | undefined;

const INTRODUCTION = `From a model file to a measured, costed deployment.

**Errors** are problem documents (RFC 9457) with a stable \`code\`; [each is explained](/docs/problems).

**Lists** answer \`{items, nextCursor}\`; send \`nextCursor\` back as \`cursor\` until it is null.

**Repeating safely.** POST takes \`Idempotency-Key\`: the same key and body again get the first answer, for 24 hours.

**Editing.** What can be edited carries an \`ETag\` and takes it in \`If-Match\`; where it changed meanwhile the answer is 412. Changing a deployment requires it.

**Predictions.** \`…/predict\` is for trying. Traffic goes to the deployment's own endpoint (\`status.url\`), which speaks the Open Inference Protocol V2.`;

/** OpenAPI 3.1, made from the schemas that validate. `baseUrl` is the server that the document names. */
export function openApiDocument(baseUrl: string) {
  return (document ??= createDocument({
    openapi: "3.1.0",
    info: {
      title: "Slipway REST API", version: "1.0.0",
      description: INTRODUCTION,
    },
    servers: [{ url: baseUrl }],
    tags: API_TAGS,
    security: [{ token: [] }],
    paths: paths(),
    components: { securitySchemes: { token: { type: "http", scheme: "bearer", description: "An API token, `slp_…`, made under Settings, API tokens" } } },
  }));
}

function paths(): ZodOpenApiPathsObject {
  const out: ZodOpenApiPathsObject = {};
  for (const e of ENDPOINTS) out[e.path] = { ...out[e.path], [e.method.toLowerCase()]: operation(e) };
  return out;
}

function operation(e: AnyEndpoint): ZodOpenApiOperationObject {
  const problem = { description: "Problem", content: { "application/problem+json": { schema: problemSchema } } };
  return {
    operationId: e.id, summary: e.summary, tags: [e.tag],
    description: [e.description, rights(e)].filter(Boolean).join("\n\n"),
    ...(e.policy.kind === "public" ? { security: [] } : {}),
    requestParams: {
      ...(e.params ? { path: e.params as never } : {}),
      ...(e.query ? { query: e.query as never } : {}),
    },
    ...(e.body ? { requestBody: { required: true, content: { "application/json": { schema: e.body } } } } : {}),
    ...(e.raw ? { requestBody: { required: true, description: e.raw.description, content: { [e.raw.contentType]: { schema: { type: "string", format: "binary" } } } } } : {}),
    responses: {
      ...Object.fromEntries(Object.entries(e.responses).map(([status, r]) => [status, {
        description: r.description, ...(r.schema ? { content: { [r.contentType ?? "application/json"]: { schema: r.schema } } } : {}),
      }])),
      "4XX": problem, "5XX": problem,
    },
  };
}

function rights(e: AnyEndpoint): string {
  if (e.policy.kind === "public") return "Needs no token.";
  if (e.policy.kind === "pod") return `Only for pods of a deployment, with its ${e.policy.token} token. No API token opens it.`;
  if (e.policy.kind === "signed-in") return e.policy.anyScope ? "Needs any valid token." : "Needs any valid token with the scope `read`.";
  if (e.policy.kind === "session") return "Only for a signed-in person, not for a token.";
  const rule = PERMISSIONS[e.policy.permission];
  return `Needs \`${e.policy.permission}\`: ${[...rule.instance, ...rule.project].join(", ")}; token scope \`${rule.scope}\`.`;
}
