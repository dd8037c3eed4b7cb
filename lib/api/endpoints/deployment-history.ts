import { endpoint } from "@/lib/api/endpoint";
import { pageOf, pageQuery } from "@/lib/api/schema";
import { listRevisions } from "@/lib/deployments/list-revisions";
import { deploymentParams, revisionSchema } from "@/lib/deployments/schema";

const tag = "Deployments";
const base = "/api/v1/projects/{project}/deployments/{deployment}";
const read = { kind: "project", permission: "deployment.read" } as const;

export const listRevisionsEndpoint = endpoint({
  id: "listRevisions", method: "GET", path: `${base}/revisions`, summary: "List revisions, newest first", tag,
  policy: read, params: deploymentParams, query: pageQuery,
  responses: { 200: { description: "A page of revisions", schema: pageOf(revisionSchema) } },
  handler: async ({ project, params, query }) => ({ status: 200, body: await listRevisions(project.id, params.deployment, query) }),
});
