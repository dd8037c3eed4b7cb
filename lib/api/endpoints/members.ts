import { endpoint } from "@/lib/api/endpoint";
import { pageOf, pageQuery, projectParams } from "@/lib/api/schema";
import { listMembers } from "@/lib/members/list-members";
import { putMember } from "@/lib/members/put-member";
import { removeMember } from "@/lib/members/remove-member";
import { memberParams, memberSchema, putMemberSchema } from "@/lib/members/schema";

const tag = "Members";

export const listMembersEndpoint = endpoint({
  id: "listMembers", method: "GET", path: "/api/v1/projects/{project}/members", summary: "List a project's members", tag,
  policy: { kind: "project", permission: "member.read" }, params: projectParams, query: pageQuery,
  responses: { 200: { description: "A page of members", schema: pageOf(memberSchema) } },
  handler: async ({ actor, project, query }) => ({ status: 200, body: await listMembers(actor, project.id, query) }),
});

export const putMemberEndpoint = endpoint({
  id: "putMember", method: "PUT", path: "/api/v1/projects/{project}/members/{user}", summary: "Add a member or change their role", tag,
  description: "`user` is an id or an e-mail address of somebody with an account.",
  policy: { kind: "project", permission: "member.manage" }, params: memberParams, body: putMemberSchema,
  responses: { 200: { description: "The member", schema: memberSchema } },
  handler: async ({ actor, project, params, body }) => ({ status: 200, body: await putMember(actor, project.id, params.user, body.role) }),
});

export const removeMemberEndpoint = endpoint({
  id: "removeMember", method: "DELETE", path: "/api/v1/projects/{project}/members/{user}", summary: "Remove a member", tag,
  policy: { kind: "project", permission: "member.manage" }, params: memberParams,
  responses: { 204: { description: "Removed", schema: null } },
  handler: async ({ actor, project, params }) => {
    await removeMember(actor, project.id, params.user);
    return { status: 204, body: null };
  },
});
