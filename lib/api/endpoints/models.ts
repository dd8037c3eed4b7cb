import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { pageOf, pageQuery, slugSchema } from "@/lib/api/schema";
import { createModel } from "@/lib/models/create-model";
import { deleteModel } from "@/lib/models/delete-model";
import { getModel } from "@/lib/models/get-model";
import { listModels } from "@/lib/models/list-models";
import { createModelSchema, modelSchema, updateModelSchema } from "@/lib/models/schema";
import { updateModel } from "@/lib/models/update-model";

const tag = "Models";
const params = z.object({ project: slugSchema, model: slugSchema });

export const listModelsEndpoint = endpoint({
  id: "listModels", method: "GET", path: "/api/v1/projects/{project}/models", summary: "List models", tag,
  policy: { kind: "project", permission: "model.read" }, params: z.object({ project: slugSchema }),
  query: pageQuery.extend({ search: z.string().max(80).optional() }),
  responses: { 200: { description: "A page of models", schema: pageOf(modelSchema) } },
  handler: async ({ project, query }) => ({ status: 200, body: await listModels(project.id, query) }),
});

export const createModelEndpoint = endpoint({
  id: "createModel", method: "POST", path: "/api/v1/projects/{project}/models", summary: "Create a model", tag,
  policy: { kind: "project", permission: "model.write" }, params: z.object({ project: slugSchema }), body: createModelSchema,
  responses: { 201: { description: "The model", schema: modelSchema } },
  handler: async ({ actor, project, body }) => {
    const created = await createModel(actor, project.id, body);
    return { status: 201, body: created.model, etag: created.etag };
  },
});

export const getModelEndpoint = endpoint({
  id: "getModel", method: "GET", path: "/api/v1/projects/{project}/models/{model}", summary: "Get a model", tag,
  policy: { kind: "project", permission: "model.read" }, params,
  responses: { 200: { description: "The model", schema: modelSchema } },
  handler: async ({ project, params }) => {
    const found = await getModel(project.id, params.model);
    return { status: 200, body: found.model, etag: found.etag };
  },
});

export const updateModelEndpoint = endpoint({
  id: "updateModel", method: "PATCH", path: "/api/v1/projects/{project}/models/{model}", summary: "Change a model's display name or description", tag,
  policy: { kind: "project", permission: "model.write" }, params, body: updateModelSchema,
  responses: { 200: { description: "The model", schema: modelSchema } },
  handler: async ({ actor, project, params, body, ifMatch }) => {
    const changed = await updateModel(actor, project.id, params.model, ifMatch, body);
    return { status: 200, body: changed.model, etag: changed.etag };
  },
});

export const deleteModelEndpoint = endpoint({
  id: "deleteModel", method: "DELETE", path: "/api/v1/projects/{project}/models/{model}", summary: "Delete a model and its versions", tag,
  description: "Refused with `conflict` while a deployment uses it.",
  policy: { kind: "project", permission: "model.write" }, params,
  responses: { 204: { description: "Deleted", schema: null } },
  handler: async ({ actor, project, params }) => {
    await deleteModel(actor, project.id, params.model);
    return { status: 204, body: null };
  },
});
