import { randomUUID } from "node:crypto";
import { z } from "zod";
import { parseJsonBody } from "@/lib/api/parse-body";
import { problemResponse } from "@/lib/api/problem";
import { auditRefusedSignIn, endSession } from "@/lib/auth/audit-session";
import { auth, CLIENT_ADDRESS_HEADER, OIDC_PROVIDER } from "@/lib/auth/better-auth";
import { currentSession } from "@/lib/auth/current-session";
import { limitSignIn } from "@/lib/auth/limit-sign-in";
import { safeNextPath } from "@/lib/auth/safe-next-path";
import { signInSchema } from "@/lib/auth/sign-in-schema";
import { assertSameOrigin } from "@/lib/auth/same-origin";
import { env } from "@/lib/env";
import { AppError, notFound } from "@/lib/errors";
import { createLogger } from "@/lib/logger";
import { clientAddress } from "@/lib/net/client-address";

const oidcSchema = z.object({ next: z.unknown().optional() });

/** The only calls that reach better-auth. The inventory test holds these beside the REST API's own policies. */
export const AUTH_ROUTES = [
  { method: "POST", path: "/api/auth/sign-in/email", policy: "public: limited by address and account, audited" },
  { method: "POST", path: "/api/auth/sign-in/social", policy: "public: starts single sign-on, limited by address" },
  { method: "GET", path: `/api/auth/callback/${OIDC_PROVIDER}`, policy: "public: bound to the state cookie of its start, audited" },
  { method: "POST", path: "/api/auth/sign-out", policy: "ends the caller's own session, audited" },
] as const;

/** Answers /api/auth/*: everything that is not listed is 404, and no field or parameter passes that is not named here. */
export async function serveAuth(request: Request): Promise<Response> {
  const requestId = randomUUID();
  try {
    const url = new URL(request.url);
    const route = AUTH_ROUTES.find((r) => r.method === request.method && r.path === url.pathname);
    if (!route) throw notFound("resource");
    // Signing in is a change as well: another site must not sign somebody in as somebody else.
    assertSameOrigin(request);
    const address = clientAddress(request.headers);
    switch (route.path) {
      case "/api/auth/sign-in/email": return await signIn(request, address, requestId);
      case "/api/auth/sign-in/social": return await startOidc(request, address);
      case "/api/auth/sign-out": return await signOut(request);
      default: return await finishOidc(request, url, address);
    }
  } catch (error) {
    const response = problemResponse(error, requestId);
    if (response.status >= 500) createLogger("web").error({ err: error, requestId }, "signing in failed");
    return response;
  }
}

async function signIn(request: Request, address: string, requestId: string): Promise<Response> {
  const { email, password } = parsed(signInSchema, await parseJsonBody(request));
  await limitSignIn(address, email);
  const answer = await auth().handler(forward(request, address, { email, password }));
  if (!answer.ok) {
    if (answer.status >= 500) throw new AppError("internal", "Signing in failed on our side. Try again.");
    await auditRefusedSignIn(email, address);
    if (answer.status === 403) throw new AppError("forbidden", "This account is disabled. Ask an owner.");
    throw new AppError("unauthenticated", "E-mail and password do not match an account.");
  }
  await endReplaced(request);
  return reply({ signedIn: true }, answer, requestId);
}

async function startOidc(request: Request, address: string): Promise<Response> {
  if (!env().SLIPWAY_OIDC_ISSUER) throw notFound("resource");
  const { next } = parsed(oidcSchema, await parseJsonBody(request));
  await limitSignIn(address, "single sign-on");
  const body = { provider: OIDC_PROVIDER, callbackURL: safeNextPath(next), errorCallbackURL: "/sign-in", disableRedirect: true };
  const answer = await auth().handler(forward(request, address, body));
  const url = answer.ok ? ((await answer.clone().json()) as { url?: string }).url : undefined;
  if (!url || !(await isNamedIssuer())) throw new AppError("bad_gateway", "The single sign-on provider does not answer as it should. Ask whoever runs Slipway to check SLIPWAY_OIDC_ISSUER.");
  return reply({ url }, answer);
}

/** OpenID Connect Discovery 4.3: a document counts only for the issuer it was asked of. The library takes whichever it names. */
async function isNamedIssuer(): Promise<boolean> {
  const { socialProviders } = await auth().$context;
  const plain = (issuer: string | undefined) => issuer?.replace(/\/$/, "");
  return plain(socialProviders.find((p) => p.id === OIDC_PROVIDER)?.issuer) === plain(env().SLIPWAY_OIDC_ISSUER);
}

async function finishOidc(request: Request, url: URL, address: string): Promise<Response> {
  const kept = new URLSearchParams([...url.searchParams].filter(([name]) => ["code", "state", "iss", "error"].includes(name)));
  const answer = await auth().handler(forward(request, address, undefined, `${url.pathname}?${kept}`));
  const target = URL.parse(answer.headers.get("location") ?? "", env().baseUrl);
  const headers = new Headers({ "cache-control": "no-store" });
  for (const cookie of answer.headers.getSetCookie()) headers.append("set-cookie", cookie);
  const failed = !target || target.origin !== new URL(env().baseUrl).origin || target.pathname === "/sign-in";
  headers.set("location", failed ? `/sign-in?error=${encodeURIComponent(errorWord(target))}` : safeNextPath(target.pathname + target.search));
  if (!failed) await endReplaced(request);
  return new Response(null, { status: 302, headers });
}

const errorWord = (target: URL | null) => (target?.searchParams.get("error") ?? "failed").replace(/[^a-z_]/gi, "").slice(0, 60) || "failed";

async function signOut(request: Request): Promise<Response> {
  const session = await currentSession(request.headers);
  if (session) await endSession(session, session.userName, "sign-out");
  const answer = await auth().handler(forward(request, "", {}));
  return reply({ signedOut: true }, answer);
}

/** The session that a sign-in replaces ends: its id must not live on beside the new one. */
async function endReplaced(request: Request): Promise<void> {
  const old = await currentSession(request.headers);
  if (old) await endSession(old, old.userName, "replaced");
}

/** The request as better-auth sees it: our base URL, the body we made, the cookie and the vetted address; nothing else. */
function forward(request: Request, address: string, body?: object, path?: string): Request {
  const headers = new Headers({ [CLIENT_ADDRESS_HEADER]: address, origin: new URL(env().baseUrl).origin });
  for (const name of ["cookie", "user-agent"]) {
    const value = request.headers.get(name);
    if (value) headers.set(name, value.slice(0, 8192));
  }
  if (body) headers.set("content-type", "application/json");
  return new Request(new URL(path ?? new URL(request.url).pathname, env().baseUrl), { method: request.method, headers, body: body ? JSON.stringify(body) : undefined });
}

/** Our own body with better-auth's cookies: its body would repeat the session's token. */
function reply(body: object, answer: Response, requestId?: string): Response {
  const headers = new Headers({ "content-type": "application/json", "cache-control": "no-store", ...(requestId ? { "x-request-id": requestId } : {}) });
  for (const cookie of answer.headers.getSetCookie()) headers.append("set-cookie", cookie);
  return new Response(JSON.stringify(body), { status: 200, headers });
}

function parsed<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const fields = result.error.issues.map((i) => ({ path: i.path.join("."), message: i.message }));
  throw new AppError("invalid_request", `${fields[0]!.path}: ${fields[0]!.message}`, { fields });
}
