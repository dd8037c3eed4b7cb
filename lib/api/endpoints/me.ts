import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { currentSession } from "@/lib/auth/current-session";
import { limitSignIn } from "@/lib/auth/limit-sign-in";
import { AppError } from "@/lib/errors";
import { clientAddress } from "@/lib/net/client-address";
import { changePassword } from "@/lib/users/change-password";
import { getMe } from "@/lib/users/get-me";
import { listSessions } from "@/lib/users/list-sessions";
import { changePasswordSchema, meSchema, sessionSchema, updateMeSchema } from "@/lib/users/me-schema";
import { revokeSessions } from "@/lib/users/revoke-sessions";
import { updateMe } from "@/lib/users/update-me";

const tag = "Your account";

async function sessionId(request: Request): Promise<string> {
  const session = await currentSession(request.headers);
  if (!session) throw new AppError("unauthenticated", "Your session has ended. Sign in again.");
  return session.id;
}

export const getMeEndpoint = endpoint({
  id: "getMe", method: "GET", path: "/api/v1/me", summary: "Who you are and what you may do", tag,
  policy: { kind: "signed-in", anyScope: true },
  responses: { 200: { description: "The caller", schema: meSchema } },
  handler: async ({ actor }) => ({ status: 200, body: await getMe(actor) }),
});

export const updateMeEndpoint = endpoint({
  id: "updateMe", method: "PATCH", path: "/api/v1/me", summary: "Change your name", tag,
  policy: { kind: "session" }, body: updateMeSchema,
  responses: { 200: { description: "The caller", schema: meSchema } },
  handler: async ({ actor, body }) => ({ status: 200, body: await updateMe(actor, body) }),
});

export const changePasswordEndpoint = endpoint({
  id: "changePassword", method: "POST", path: "/api/v1/me/password", summary: "Change your password and end your other sessions", tag,
  policy: { kind: "session" }, body: changePasswordSchema, idempotent: false,
  responses: { 204: { description: "Changed", schema: null } },
  handler: async ({ actor, request, body }) => {
    await limitSignIn(clientAddress(request.headers), actor.id);
    await changePassword(actor, await sessionId(request), body);
    return { status: 204, body: null };
  },
});

export const listSessionsEndpoint = endpoint({
  id: "listSessions", method: "GET", path: "/api/v1/me/sessions", summary: "List your sessions", tag,
  policy: { kind: "session" },
  responses: { 200: { description: "All of them, the last used first", schema: z.object({ items: z.array(sessionSchema), nextCursor: z.null() }) } },
  handler: async ({ actor, request }) => ({ status: 200, body: { items: await listSessions(actor, await sessionId(request)), nextCursor: null } }),
});

export const revokeOtherSessionsEndpoint = endpoint({
  id: "revokeOtherSessions", method: "DELETE", path: "/api/v1/me/sessions", summary: "End all your other sessions", tag,
  policy: { kind: "session" },
  responses: { 200: { description: "How many ended", schema: z.object({ revoked: z.number().int() }) } },
  handler: async ({ actor, request }) => ({ status: 200, body: await revokeSessions(actor, { exceptId: await sessionId(request) }) }),
});

export const revokeSessionEndpoint = endpoint({
  id: "revokeSession", method: "DELETE", path: "/api/v1/me/sessions/{session}", summary: "End one of your sessions", tag,
  policy: { kind: "session" }, params: z.object({ session: z.string().min(1).max(100) }),
  responses: { 204: { description: "Ended", schema: null } },
  handler: async ({ actor, params }) => {
    await revokeSessions(actor, { id: params.session });
    return { status: 204, body: null };
  },
});
