import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { pageOf, pageQuery } from "@/lib/api/schema";
import { createInvitation } from "@/lib/users/create-invitation";
import { createResetLink } from "@/lib/users/create-reset-link";
import { deleteInvitation } from "@/lib/users/delete-invitation";
import { getUser } from "@/lib/users/get-user";
import { listInvitations } from "@/lib/users/list-invitations";
import { listUsers } from "@/lib/users/list-users";
import { createInvitationSchema, invitationSchema, newInvitationSchema, sentLinkSchema, updateUserSchema, userSchema } from "@/lib/users/schema";
import { updateUser } from "@/lib/users/update-user";

const tag = "People";
const userParams = z.object({ user: z.string().min(1).max(100) });

export const listUsersEndpoint = endpoint({
  id: "listUsers", method: "GET", path: "/api/v1/users", summary: "List everyone with an account", tag,
  policy: { kind: "instance", permission: "user.read" }, query: pageQuery,
  responses: { 200: { description: "A page of people", schema: pageOf(userSchema) } },
  handler: async ({ actor, query }) => ({ status: 200, body: await listUsers(actor, query) }),
});

export const getUserEndpoint = endpoint({
  id: "getUser", method: "GET", path: "/api/v1/users/{user}", summary: "Get a person", tag,
  policy: { kind: "instance", permission: "user.read" }, params: userParams,
  responses: { 200: { description: "The person", schema: userSchema } },
  handler: async ({ actor, params }) => {
    const found = await getUser(actor, params.user);
    return { status: 200, body: found.user, etag: found.etag };
  },
});

export const updateUserEndpoint = endpoint({
  id: "updateUser", method: "PATCH", path: "/api/v1/users/{user}", summary: "Change a person's name or instance role, or disable them", tag,
  description: "A changed role or a disabled account ends the person's sessions. The last owner cannot be demoted or disabled.",
  policy: { kind: "instance", permission: "user.manage" }, params: userParams, body: updateUserSchema,
  responses: { 200: { description: "The person", schema: userSchema } },
  handler: async ({ actor, params, ifMatch, body }) => {
    const changed = await updateUser(actor, params.user, ifMatch, body);
    return { status: 200, body: changed.user, etag: changed.etag };
  },
});

export const createResetLinkEndpoint = endpoint({
  id: "createResetLink", method: "POST", path: "/api/v1/users/{user}/reset-link", summary: "Make a one-time link for a new password", tag,
  policy: { kind: "instance", permission: "user.manage" }, params: userParams, idempotent: false,
  responses: { 201: { description: "The link, unless it was mailed", schema: sentLinkSchema } },
  handler: async ({ actor, params }) => ({ status: 201, body: await createResetLink(actor, params.user) }),
});

export const listInvitationsEndpoint = endpoint({
  id: "listInvitations", method: "GET", path: "/api/v1/invitations", summary: "List open invitations", tag,
  policy: { kind: "instance", permission: "user.read" }, query: pageQuery,
  responses: { 200: { description: "A page of invitations", schema: pageOf(invitationSchema) } },
  handler: async ({ actor, query }) => ({ status: 200, body: await listInvitations(actor, query) }),
});

export const createInvitationEndpoint = endpoint({
  id: "createInvitation", method: "POST", path: "/api/v1/invitations", summary: "Invite somebody by e-mail address", tag,
  description: "Owners give instance roles; who manages the members of a project invites to it. Not replayed by Idempotency-Key: the link is shown once.",
  policy: { kind: "instance", permission: "user.read" }, body: createInvitationSchema, idempotent: false,
  responses: { 201: { description: "The invitation with its link, unless it was mailed", schema: newInvitationSchema } },
  handler: async ({ actor, body }) => ({ status: 201, body: await createInvitation(actor, body) }),
});

export const deleteInvitationEndpoint = endpoint({
  id: "deleteInvitation", method: "DELETE", path: "/api/v1/invitations/{invitation}", summary: "Take an invitation back", tag,
  policy: { kind: "instance", permission: "user.read" }, params: z.object({ invitation: z.uuid() }),
  responses: { 204: { description: "Its link no longer works", schema: null } },
  handler: async ({ actor, params }) => {
    await deleteInvitation(actor, params.invitation);
    return { status: 204, body: null };
  },
});
