import { z } from "zod";
import { slugSchema } from "@/lib/api/schema";
import { modelSchema, versionSchema } from "@/lib/models/schema";

export const createSampleSchema = z.strictObject({
  name: slugSchema.default("iris").meta({ description: "What the model is called here", example: "iris" }),
}).meta({ id: "CreateSample" });

const inputSchema = z.object({ name: z.string(), datatype: z.string(), shape: z.array(z.number().int()), data: z.array(z.number()) });

export const sampleSchema = z.object({
  model: modelSchema,
  version: versionSchema,
  example: z.object({ inputs: z.array(inputSchema) }).meta({ description: "A body for …/predict once it is deployed" }),
}).meta({ id: "Sample" });
export type SampleDto = z.infer<typeof sampleSchema>;
