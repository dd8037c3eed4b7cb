import { endpoint } from "@/lib/api/endpoint";
import { pageOf, pageQuery, projectParams } from "@/lib/api/schema";
import { deleteSecret } from "@/lib/secrets/delete-secret";
import { listSecrets } from "@/lib/secrets/list-secrets";
import { putSecret } from "@/lib/secrets/put-secret";
import { putSecretSchema, secretParams, secretSchema } from "@/lib/secrets/schema";

const tag = "Secrets";

export const listSecretsEndpoint = endpoint({
  id: "listSecrets", method: "GET", path: "/api/v1/projects/{project}/secrets", summary: "List the names of a project's secrets", tag,
  policy: { kind: "project", permission: "secret.read" }, params: projectParams, query: pageQuery,
  responses: { 200: { description: "A page of names; never values", schema: pageOf(secretSchema) } },
  handler: async ({ actor, project, query }) => ({ status: 200, body: await listSecrets(actor, project.id, query) }),
});

export const putSecretEndpoint = endpoint({
  id: "putSecret", method: "PUT", path: "/api/v1/projects/{project}/secrets/{name}", summary: "Set a secret", tag,
  policy: { kind: "project", permission: "secret.write" }, params: secretParams, body: putSecretSchema,
  responses: { 200: { description: "Changed", schema: secretSchema }, 201: { description: "Created", schema: secretSchema } },
  handler: async ({ actor, project, params, body }) => {
    const { secret, created } = await putSecret(actor, project.id, params.name, body.value);
    return { status: created ? 201 : 200, body: secret };
  },
});

export const deleteSecretEndpoint = endpoint({
  id: "deleteSecret", method: "DELETE", path: "/api/v1/projects/{project}/secrets/{name}", summary: "Delete a secret", tag,
  policy: { kind: "project", permission: "secret.write" }, params: secretParams,
  responses: { 204: { description: "Deleted", schema: null } },
  handler: async ({ actor, project, params }) => {
    await deleteSecret(actor, project.id, params.name);
    return { status: 204, body: null };
  },
});
