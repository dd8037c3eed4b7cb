import { randomUUID } from "node:crypto";
import type { z } from "zod";
import type { AnyEndpoint, Context, Policy, ProjectInfo, Reply } from "@/lib/api/endpoint";
import { withIdempotency } from "@/lib/api/idempotency";
import { problemResponse } from "@/lib/api/problem";
import { limitRequest } from "@/lib/api/rate-limit";
import { parseJsonBody } from "@/lib/api/parse-body";
import { observeRequest } from "@/lib/api/request-metrics";
import { takeAuditRows } from "@/lib/audit/audit-of-request";
import { artifactActor } from "@/lib/artifacts/artifact-actor";
import type { Actor } from "@/lib/auth/actor";
import { authenticate } from "@/lib/auth/authenticate";
import { requirePermission, seesProject } from "@/lib/auth/permissions";
import { AppError, notFound } from "@/lib/errors";
import { createLogger, type Logger } from "@/lib/logger";
import { findProject } from "@/lib/projects/find-project";
import { parseTraceparent } from "@/lib/tracing/otlp";
import { traced, traceId } from "@/lib/tracing/traced";

type NextContext = { params: Promise<Record<string, string>> };
type NextHandler = (request: Request, context: NextContext) => Promise<Response>;

let logger: Logger | undefined;
const log = () => (logger ??= createLogger("web"));

/** The route handlers of a path, one for each endpoint given: `export const { GET, POST } = serve(listModels, createModel)`. */
export function serve<E extends AnyEndpoint[]>(...endpoints: E): Record<AnyEndpoint["method"], NextHandler> {
  return Object.fromEntries(endpoints.map((e) => [e.method, (request: Request, context: NextContext) => serveEndpoint(e, request, context)])) as Record<AnyEndpoint["method"], NextHandler>;
}

/** Named by the route's template: what a caller sent is in no span. */
function serveEndpoint(e: AnyEndpoint, request: Request, next: NextContext): Promise<Response> {
  const requestId = randomUUID();
  const work = { name: `${e.method} ${e.path}`, kind: "server", parent: parseTraceparent(request.headers.get("traceparent")), attributes: { "http.request.method": e.method, "http.route": e.path, "slipway.request_id": requestId } } as const;
  return traced(work, async (tell) => {
    const response = await respond(e, request, next, requestId);
    tell.set({ "http.response.status_code": response.status });
    if (response.status >= 500) tell.fail(`HTTP ${response.status}`);
    return response;
  });
}

async function respond(e: AnyEndpoint, request: Request, next: NextContext, requestId: string): Promise<Response> {
  const started = performance.now();
  let response: Response;
  try {
    response = await answer(e, request, next, requestId);
  } catch (error) {
    response = problemResponse(error, requestId);
    if (response.status >= 500 && !(error instanceof AppError && error.status < 500)) {
      log().error({ err: error, requestId, endpoint: e.id, traceId: traceId() ?? undefined }, error instanceof AppError ? error.message : "unexpected error");
    }
  }
  const ms = performance.now() - started;
  observeRequest(e, response.status, ms / 1000);
  // Of a change that failed nothing was kept, its audit row neither.
  const audit = takeAuditRows(requestId);
  if (audit.length > 0 && response.status < 400) log().info({ requestId, endpoint: e.id, status: response.status, ms: Math.round(ms), audit, traceId: traceId() ?? undefined }, "changed");
  return response;
}

async function answer(e: AnyEndpoint, request: Request, next: NextContext, requestId: string): Promise<Response> {
  const actor = e.policy.kind === "pod" ? { ...artifactActor(request, e.policy.token), requestId } : await authenticate(request, requestId);
  await limitRequest(actor, request);
  const rawParams = await next.params;
  const project = await admit(e.policy, actor, rawParams);
  const params = parsed(e.params, rawParams, "path");
  const query = parsed(e.query, queryObject(new URL(request.url).searchParams), "query");
  const body = e.body ? parsed(e.body, await parseJsonBody(request), "body") : undefined;
  const ifMatch = request.headers.get("if-match")?.replace(/^W\//, "").replaceAll('"', "") ?? null;
  if (e.requiresIfMatch && ifMatch === null) {
    throw new AppError("precondition_required", "Send If-Match with the ETag you read, so that nobody's change is lost.");
  }
  const context = { actor, project: project as ProjectInfo, params, query, body, request, requestId, ifMatch } as Context<unknown, unknown, unknown>;
  const run = () => e.handler(context as never);
  const idempotent = e.idempotent ?? e.method === "POST";
  const reply = idempotent ? await withIdempotency(actor, request, body, run) : await run();
  return toResponse(reply, requestId);
}

/** Checks the policy. Returns the project for a project's route. What one may not see answers exactly as what is not there. */
async function admit(policy: Policy, actor: Actor, params: Record<string, string>): Promise<ProjectInfo | null> {
  if (policy.kind === "public") return null;
  if (actor.kind === "anonymous") throw new AppError("unauthenticated", "Sign in, or send an API token as `Authorization: Bearer slp_…`.");
  if (policy.kind === "pod") return null;
  if (policy.kind === "signed-in") {
    // A token for predictions is handed to whatever calls a model: it reads nothing else.
    if (!policy.anyScope && actor.scopes && !actor.scopes.has("read")) throw new AppError("forbidden", 'This token lacks the scope "read". Make one that has it under Settings, API tokens.');
    return null;
  }
  if (policy.kind === "session") {
    if (actor.kind !== "user") throw new AppError("forbidden", "Only a signed-in person can do this, not an API token.");
    return null;
  }
  if (policy.kind === "instance") {
    requirePermission(actor, policy.permission, null);
    return null;
  }
  const project = await findProject(params.project ?? "");
  if (!project || !seesProject(actor, project.id)) throw notFound("project");
  requirePermission(actor, policy.permission, project.id);
  return project;
}

function parsed(schema: z.ZodType | undefined, value: unknown, where: "path" | "query" | "body"): unknown {
  if (!schema) return value;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  if (where === "path") throw notFound("resource");
  const fields = result.error.issues.map((i) => ({ path: i.path.join("."), message: i.message }));
  const first = fields[0]!;
  throw new AppError("invalid_request", `${first.path ? `${first.path}: ` : ""}${first.message}`, { fields });
}

function queryObject(search: URLSearchParams): Record<string, string | string[]> {
  const out: Record<string, string | string[]> = {};
  for (const key of new Set(search.keys())) {
    const all = search.getAll(key);
    out[key] = all.length > 1 ? all : all[0]!;
  }
  return out;
}

function toResponse(reply: Reply, requestId: string): Response {
  if (reply instanceof Response) {
    reply.headers.set("x-request-id", requestId);
    return reply;
  }
  const headers: Record<string, string> = { "x-request-id": requestId, "cache-control": "no-store", ...reply.headers };
  if (reply.etag) headers.etag = `"${reply.etag}"`;
  if (reply.body === null || reply.body === undefined) return new Response(null, { status: reply.status, headers });
  headers["content-type"] ??= "application/json";
  return new Response(typeof reply.body === "string" ? reply.body : JSON.stringify(reply.body), { status: reply.status, headers });
}
