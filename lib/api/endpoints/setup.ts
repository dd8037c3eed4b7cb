import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { limitSignIn } from "@/lib/auth/limit-sign-in";
import { clientAddress } from "@/lib/net/client-address";
import { acceptInvitation } from "@/lib/users/accept-invitation";
import { createFirstOwner } from "@/lib/users/create-first-owner";
import { readInvitation } from "@/lib/users/read-invitation";
import { resetPassword } from "@/lib/users/reset-password";
import { acceptedSchema, acceptInvitationSchema, openInvitationSchema, readInvitationSchema, resetPasswordSchema, setupSchema, setupStateSchema } from "@/lib/users/schema";
import { setupIsOpen } from "@/lib/users/setup-is-open";

// What a one-time link does. Public, since the link is the proof: limited like signing in, and never replayed by
// Idempotency-Key, because everybody here shares the anonymous actor.
const common = { tag: "One-time links", policy: { kind: "public" }, idempotent: false } as const;
const limit = (request: Request) => limitSignIn(clientAddress(request.headers), "one-time link");

export const getSetupEndpoint = endpoint({
  ...common, id: "getSetup", method: "GET", path: "/api/v1/setup", summary: "Whether the first owner is still to come",
  responses: { 200: { description: "State of the set-up", schema: setupStateSchema } },
  handler: async () => ({ status: 200, body: { open: await setupIsOpen() } satisfies z.infer<typeof setupStateSchema> }),
});

export const setUpEndpoint = endpoint({
  ...common, id: "setUp", method: "POST", path: "/api/v1/setup", summary: "Create the first owner by the set-up link", body: setupSchema,
  responses: { 201: { description: "The owner; sign in next", schema: acceptedSchema } },
  handler: async ({ request, requestId, body }) => {
    await limit(request);
    return { status: 201, body: await createFirstOwner(requestId, body) };
  },
});

export const readInvitationEndpoint = endpoint({
  ...common, id: "readInvitation", method: "POST", path: "/api/v1/invitations/read", summary: "What an invitation's link grants", body: readInvitationSchema,
  responses: { 200: { description: "The invitation; it stays unused", schema: openInvitationSchema } },
  handler: async ({ request, body }) => {
    await limit(request);
    return { status: 200, body: await readInvitation(body.token) };
  },
});

export const acceptInvitationEndpoint = endpoint({
  ...common, id: "acceptInvitation", method: "POST", path: "/api/v1/invitations/accept", summary: "Make the account of an invitation", body: acceptInvitationSchema,
  responses: { 201: { description: "The account; sign in next", schema: acceptedSchema } },
  handler: async ({ request, requestId, body }) => {
    await limit(request);
    return { status: 201, body: await acceptInvitation(requestId, body) };
  },
});

export const resetPasswordEndpoint = endpoint({
  ...common, id: "resetPassword", method: "POST", path: "/api/v1/password-reset", summary: "Choose a new password by a reset link", body: resetPasswordSchema,
  responses: { 200: { description: "Done; all sessions ended, sign in next", schema: acceptedSchema } },
  handler: async ({ request, requestId, body }) => {
    await limit(request);
    return { status: 200, body: await resetPassword(requestId, body) };
  },
});
