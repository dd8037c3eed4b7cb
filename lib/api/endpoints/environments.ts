import { endpoint } from "@/lib/api/endpoint";
import { pageOf, pageQuery, projectParams } from "@/lib/api/schema";
import { createEnvironment } from "@/lib/environments/create-environment";
import { getEnvironment } from "@/lib/environments/get-environment";
import { listEnvironments } from "@/lib/environments/list-environments";
import { createEnvironmentSchema, environmentParams, environmentSchema, updateEnvironmentSchema } from "@/lib/environments/schema";
import { updateEnvironment } from "@/lib/environments/update-environment";

const tag = "Environments";

export const listEnvironmentsEndpoint = endpoint({
  id: "listEnvironments", method: "GET", path: "/api/v1/projects/{project}/environments", summary: "List a project's environments", tag,
  policy: { kind: "project", permission: "project.read" }, params: projectParams, query: pageQuery,
  responses: { 200: { description: "A page of environments", schema: pageOf(environmentSchema) } },
  handler: async ({ actor, project, query }) => ({ status: 200, body: await listEnvironments(actor, project.id, query) }),
});

export const createEnvironmentEndpoint = endpoint({
  id: "createEnvironment", method: "POST", path: "/api/v1/projects/{project}/environments", summary: "Add an environment", tag,
  policy: { kind: "project", permission: "project.update" }, params: projectParams, body: createEnvironmentSchema,
  responses: { 201: { description: "The environment", schema: environmentSchema } },
  handler: async ({ actor, project, body }) => {
    const made = await createEnvironment(actor, project.id, body);
    return { status: 201, body: made.environment, etag: made.etag };
  },
});

export const getEnvironmentEndpoint = endpoint({
  id: "getEnvironment", method: "GET", path: "/api/v1/projects/{project}/environments/{environment}", summary: "Get an environment", tag,
  policy: { kind: "project", permission: "project.read" }, params: environmentParams,
  responses: { 200: { description: "The environment", schema: environmentSchema } },
  handler: async ({ actor, project, params }) => {
    const found = await getEnvironment(actor, project.id, params.environment);
    return { status: 200, body: found.environment, etag: found.etag };
  },
});

export const updateEnvironmentEndpoint = endpoint({
  id: "updateEnvironment", method: "PATCH", path: "/api/v1/projects/{project}/environments/{environment}", summary: "Change an environment's name, budget or approval rule", tag,
  policy: { kind: "project", permission: "project.update" }, params: environmentParams, body: updateEnvironmentSchema,
  responses: { 200: { description: "The environment", schema: environmentSchema } },
  handler: async ({ actor, project, params, ifMatch, body }) => {
    const changed = await updateEnvironment(actor, project.id, params.environment, ifMatch, body);
    return { status: 200, body: changed.environment, etag: changed.etag };
  },
});
