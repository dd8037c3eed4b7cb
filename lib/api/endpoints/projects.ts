import { endpoint } from "@/lib/api/endpoint";
import { pageOf, pageQuery, projectParams } from "@/lib/api/schema";
import { createProject } from "@/lib/projects/create-project";
import { deleteProject } from "@/lib/projects/delete-project";
import { getProject } from "@/lib/projects/get-project";
import { listProjects } from "@/lib/projects/list-projects";
import { createProjectSchema, projectSchema, updateProjectSchema } from "@/lib/projects/schema";
import { updateProject } from "@/lib/projects/update-project";

const tag = "Projects";

export const listProjectsEndpoint = endpoint({
  id: "listProjects", method: "GET", path: "/api/v1/projects", summary: "List the projects you can see", tag,
  policy: { kind: "signed-in" }, query: pageQuery,
  responses: { 200: { description: "A page of projects", schema: pageOf(projectSchema) } },
  handler: async ({ actor, query }) => ({ status: 200, body: await listProjects(actor, query) }),
});

export const createProjectEndpoint = endpoint({
  id: "createProject", method: "POST", path: "/api/v1/projects", summary: "Create a project", tag,
  policy: { kind: "instance", permission: "project.create" }, body: createProjectSchema,
  responses: { 201: { description: "The project", schema: projectSchema } },
  handler: async ({ actor, body }) => ({ status: 201, body: await createProject(actor, body) }),
});

export const getProjectEndpoint = endpoint({
  id: "getProject", method: "GET", path: "/api/v1/projects/{project}", summary: "Get a project", tag,
  policy: { kind: "project", permission: "project.read" }, params: projectParams,
  responses: { 200: { description: "The project", schema: projectSchema } },
  handler: async ({ actor, project }) => {
    const found = await getProject(actor, project.id);
    return { status: 200, body: found.project, etag: found.etag };
  },
});

export const updateProjectEndpoint = endpoint({
  id: "updateProject", method: "PATCH", path: "/api/v1/projects/{project}", summary: "Change a project's name or quota", tag,
  policy: { kind: "project", permission: "project.update" }, params: projectParams, body: updateProjectSchema,
  responses: { 200: { description: "The project", schema: projectSchema } },
  handler: async ({ actor, project, body, ifMatch }) => {
    const changed = await updateProject(actor, project.id, ifMatch, body);
    return { status: 200, body: changed.project, etag: changed.etag };
  },
});

export const deleteProjectEndpoint = endpoint({
  id: "deleteProject", method: "DELETE", path: "/api/v1/projects/{project}", summary: "Delete a project that has no deployments", tag,
  policy: { kind: "project", permission: "project.delete" }, params: projectParams,
  responses: { 204: { description: "Deleted, with its models, secrets and environments", schema: null } },
  handler: async ({ actor, project }) => {
    await deleteProject(actor, project.id);
    return { status: 204, body: null };
  },
});
