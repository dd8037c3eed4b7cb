import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { pageOf, pageQuery, slugSchema } from "@/lib/api/schema";
import { cancelImport } from "@/lib/models/import/cancel-import";
import { getImport } from "@/lib/models/import/get-import";
import { listImports } from "@/lib/models/import/list-imports";
import { importSchema } from "@/lib/models/import/schema";

const tag = "Models";
const base = "/api/v1/projects/{project}/models/{model}/imports";
const modelParams = z.object({ project: slugSchema, model: slugSchema });
const params = modelParams.extend({ import: z.uuid() });

export const listImportsEndpoint = endpoint({
  id: "listImports", method: "GET", path: base, summary: "List imports of a model, newest first", tag,
  description: "An import is started by POST to the model's versions with `{import: {…}}`.",
  policy: { kind: "project", permission: "model.read" }, params: modelParams, query: pageQuery,
  responses: { 200: { description: "A page of imports", schema: pageOf(importSchema) } },
  handler: async ({ project, params, query }) => ({ status: 200, body: await listImports(project.id, params.model, query) }),
});

export const getImportEndpoint = endpoint({
  id: "getImport", method: "GET", path: `${base}/{import}`, summary: "Get an import", tag,
  policy: { kind: "project", permission: "model.read" }, params,
  responses: { 200: { description: "The import and how far it has come", schema: importSchema } },
  handler: async ({ project, params }) => ({ status: 200, body: await getImport(project.id, params.model, params.import) }),
});

export const cancelImportEndpoint = endpoint({
  id: "cancelImport", method: "DELETE", path: `${base}/{import}`, summary: "Cancel an import", tag,
  policy: { kind: "project", permission: "model.write" }, params,
  responses: { 204: { description: "Cancelled", schema: null } },
  handler: async ({ actor, project, params }) => {
    await cancelImport(actor, project.id, params.model, params.import);
    return { status: 204, body: null };
  },
});
