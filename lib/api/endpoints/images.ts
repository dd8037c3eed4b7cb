import { endpoint } from "@/lib/api/endpoint";
import { projectParams } from "@/lib/api/schema";
import { withApproval } from "@/lib/deployments/approved-image";
import { resolveImage } from "@/lib/images/resolve-image";
import { offeredImageSchema, resolveImageSchema } from "@/lib/images/schema";

export const resolveImageEndpoint = endpoint({
  id: "resolveImage", method: "POST", path: "/api/v1/projects/{project}/images/resolve", summary: "The digest a tag stands for now", tag: "Deployments",
  description: "Asked at the image's own registry, with the login of the project's secret where one is named. Deployments take images by digest alone: a tag may be something else tomorrow. `approved` says whether they take this one.",
  policy: { kind: "project", permission: "deployment.write" }, params: projectParams, body: resolveImageSchema,
  responses: { 200: { description: "The image by digest", schema: offeredImageSchema } },
  handler: async ({ project, body }) => ({ status: 200, body: await withApproval(project.id, await resolveImage(project.id, body)) }),
});
