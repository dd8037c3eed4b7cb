import { endpoint } from "@/lib/api/endpoint";
import { projectParams } from "@/lib/api/schema";
import { createSample } from "@/lib/samples/create-sample";
import { createSampleSchema, sampleSchema } from "@/lib/samples/schema";

export const createSampleEndpoint = endpoint({
  id: "createSample", method: "POST", path: "/api/v1/projects/{project}/samples", summary: "Add the sample model", tag: "Models",
  description: "A small real ONNX model, made in Slipway's repository: species of an iris from four measurements. Deploy it like any other. Asked again, it answers 200 with what is there.",
  policy: { kind: "project", permission: "model.write" }, params: projectParams, body: createSampleSchema,
  responses: { 201: { description: "The model, its version, and a request it answers", schema: sampleSchema }, 200: { description: "It was there already", schema: sampleSchema } },
  handler: async ({ actor, project, body }) => {
    const { created, sample } = await createSample(actor, project.id, body);
    return { status: created ? 201 : 200, body: sample, headers: { location: `/api/v1/projects/${project.slug}/models/${sample.model.slug}` } };
  },
});
