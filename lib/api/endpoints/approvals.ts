import { endpoint } from "@/lib/api/endpoint";
import { pageOf, pageQuery, projectParams } from "@/lib/api/schema";
import { approve, decline, withdraw } from "@/lib/approvals/decide-approval";
import { getApproval, listApprovals } from "@/lib/approvals/list-approvals";
import { approvalParams, approvalSchema, decideSchema, listApprovalsState } from "@/lib/approvals/schema";
import { readableProjects } from "@/lib/projects/readable-projects";

const tag = "Approvals";
const base = "/api/v1/projects/{project}/approvals";
const query = pageQuery.extend({ state: listApprovalsState });
const responses = { 200: { description: "The request", schema: approvalSchema } };
const decidePolicy = { kind: "project", permission: "deployment.approve" } as const;

export const listAllApprovalsEndpoint = endpoint({
  id: "listAllApprovals", method: "GET", path: "/api/v1/approvals", summary: "List requests for approval", tag, description: "In every project whose deployments the caller may read, newest first.",
  policy: { kind: "signed-in" }, query, responses: { 200: { description: "A page of requests", schema: pageOf(approvalSchema) } },
  handler: async ({ actor, query }) => ({ status: 200, body: await listApprovals(actor, (await readableProjects(actor)).map((p) => p.id), query) }),
});

export const listApprovalsEndpoint = endpoint({
  id: "listApprovals", method: "GET", path: base, summary: "List a project's requests for approval", tag,
  policy: { kind: "project", permission: "deployment.read" }, params: projectParams, query, responses: { 200: { description: "A page of requests", schema: pageOf(approvalSchema) } },
  handler: async ({ actor, project, query }) => ({ status: 200, body: await listApprovals(actor, [project.id], query) }),
});

export const getApprovalEndpoint = endpoint({
  id: "getApproval", method: "GET", path: `${base}/{approval}`, summary: "Get a request for approval", tag,
  policy: { kind: "project", permission: "deployment.read" }, params: approvalParams, responses,
  handler: async ({ actor, project, params }) => ({ status: 200, body: await getApproval(actor, project.id, params.approval) }),
});

export const approveEndpoint = endpoint({
  id: "approve", method: "POST", path: `${base}/{approval}/approve`, summary: "Approve a request", tag,
  description: "Makes the change as it was asked for, in the name of whoever asked. If it cannot be made any more, it answers why and the request goes on waiting.",
  policy: decidePolicy, params: approvalParams, body: decideSchema, responses,
  handler: async ({ actor, project, params, body }) => ({ status: 200, body: await approve(actor, project.id, params.approval, body.note) }),
});

export const declineEndpoint = endpoint({
  id: "decline", method: "POST", path: `${base}/{approval}/decline`, summary: "Decline a request", tag,
  policy: decidePolicy, params: approvalParams, body: decideSchema, responses,
  handler: async ({ actor, project, params, body }) => ({ status: 200, body: await decline(actor, project.id, params.approval, body.note) }),
});

export const withdrawEndpoint = endpoint({
  id: "withdraw", method: "POST", path: `${base}/{approval}/withdraw`, summary: "Take one's own request back", tag,
  policy: { kind: "project", permission: "deployment.write" }, params: approvalParams, responses,
  handler: async ({ actor, project, params }) => ({ status: 200, body: await withdraw(actor, project.id, params.approval) }),
});
