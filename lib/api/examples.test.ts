import { expect, it } from "vitest";
import type { z } from "zod";
import { openApiDocument } from "@/lib/api/openapi";
import { problemSchema } from "@/lib/api/schema";
import { forecastRequestSchema } from "@/lib/costs/schema";
import { createDeploymentSchema, rollbackSchema, updateDeploymentSchema } from "@/lib/deployments/schema";
import { createEnvironmentSchema } from "@/lib/environments/schema";
import { putMemberSchema } from "@/lib/members/schema";
import { importRequestSchema } from "@/lib/models/import/schema";
import { createModelSchema } from "@/lib/models/schema";
import { createProjectSchema } from "@/lib/projects/schema";
import { putSecretSchema } from "@/lib/secrets/schema";

const SCHEMAS: z.ZodType[] = [problemSchema, createProjectSchema, createModelSchema, createDeploymentSchema, updateDeploymentSchema, rollbackSchema, forecastRequestSchema, importRequestSchema, putSecretSchema, putMemberSchema, createEnvironmentSchema];

it.each(SCHEMAS.map((schema) => [String(schema.meta()!.id), schema] as const))("the example of %s is one that the API takes, and stands in the document", (id, schema) => {
  const examples = schema.meta()!.examples as unknown[];
  expect(examples.length).toBeGreaterThan(0);
  for (const example of examples) expect(schema.safeParse(example).error).toBeUndefined();
  const { schemas } = (openApiDocument("http://127.0.0.1:3000") as unknown as { components: { schemas: Record<string, { examples?: unknown[] }> } }).components;
  expect(schemas[id]?.examples).toEqual(examples);
});
