import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { parseJsonBody } from "@/lib/api/parse-body";
import { pageOf, pageQuery, slugSchema } from "@/lib/api/schema";
import { AppError } from "@/lib/errors";
import { approveVersion } from "@/lib/models/approve-version";
import { deleteVersion } from "@/lib/models/delete-version";
import { getVersion } from "@/lib/models/get-version";
import { listVersions } from "@/lib/models/list-versions";
import { modelPathSchema, versionNumber, versionSchema } from "@/lib/models/schema";
import { startVersion, startVersionSchema } from "@/lib/models/start-version";
import { uploadVersion } from "@/lib/models/upload-version";

const tag = "Models";
const base = "/api/v1/projects/{project}/models/{model}/versions";
const modelParams = z.object({ project: slugSchema, model: slugSchema });
const params = modelParams.extend({ version: versionNumber });

export const listVersionsEndpoint = endpoint({
  id: "listVersions", method: "GET", path: base, summary: "List versions, newest first", tag,
  policy: { kind: "project", permission: "model.read" }, params: modelParams, query: pageQuery,
  responses: { 200: { description: "A page of versions", schema: pageOf(versionSchema) } },
  handler: async ({ project, params, query }) => ({ status: 200, body: await listVersions(project.id, params.model, query) }),
});

export const createVersionEndpoint = endpoint({
  id: "createVersion", method: "POST", path: base, summary: "Upload or import a version", tag,
  description: "Either one raw body, which is one file named by `filename` (send `Content-Digest: sha-256=:…:` and it is checked), or JSON: `{uploadIds: […]}` takes up finished resumable uploads, `{import: {…}}` starts an import and answers 202. The files are inspected without running them; what is malformed or hostile is refused and nothing is kept.",
  policy: { kind: "project", permission: "model.write" }, params: modelParams,
  query: z.object({ filename: modelPathSchema.optional() }),
  raw: { contentType: "application/octet-stream", description: "The file's bytes; or application/json as described" },
  responses: { 201: { description: "The version", schema: versionSchema }, 202: { description: "The import that was started", schema: z.looseObject({ id: z.string(), state: z.string() }) } },
  handler: async ({ actor, project, params, query, request }) => {
    if (query.filename !== undefined) {
      const version = await uploadVersion(actor, project.id, params.model, query.filename, request);
      return { status: 201, body: version, headers: { location: `/api/v1/projects/${project.slug}/models/${params.model}/versions/${version.version}` } };
    }
    const parsed = startVersionSchema.safeParse(await parseJsonBody(request));
    if (!parsed.success) throw new AppError("invalid_request", "Name the file with ?filename=…, or send {uploadIds: […]} or {import: {…}} as JSON.", { fields: parsed.error.issues.map((i) => ({ path: i.path.join("."), message: i.message })) });
    return startVersion(actor, project.id, params.model, parsed.data);
  },
});

export const getVersionEndpoint = endpoint({
  id: "getVersion", method: "GET", path: `${base}/{version}`, summary: "Get a version", tag,
  policy: { kind: "project", permission: "model.read" }, params,
  responses: { 200: { description: "The version", schema: versionSchema } },
  handler: async ({ project, params }) => ({ status: 200, body: await getVersion(project.id, params.model, params.version) }),
});

export const deleteVersionEndpoint = endpoint({
  id: "deleteVersion", method: "DELETE", path: `${base}/{version}`, summary: "Delete a version", tag,
  policy: { kind: "project", permission: "model.write" }, params,
  responses: { 204: { description: "Deleted", schema: null } },
  handler: async ({ actor, project, params }) => {
    await deleteVersion(actor, project.id, params.model, params.version);
    return { status: 204, body: null };
  },
});

export const approveVersionEndpoint = endpoint({
  id: "approveVersion", method: "POST", path: `${base}/{version}/approve`, summary: "Approve a quarantined version", tag,
  description: "A version that carries code may then run, on a cluster only, in a restricted pod.",
  policy: { kind: "project", permission: "version.approve" }, params,
  responses: { 200: { description: "The version", schema: versionSchema } },
  handler: async ({ actor, project, params }) => ({ status: 200, body: await approveVersion(actor, project.id, params.model, params.version) }),
});
