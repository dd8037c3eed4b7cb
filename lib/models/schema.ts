import { z } from "zod";
import { isoTime, slugSchema } from "@/lib/api/schema";

export const createModelSchema = z.strictObject({
  name: slugSchema,
  displayName: z.string().trim().min(1).max(80).optional(),
  description: z.string().trim().max(2000).optional(),
}).meta({ id: "CreateModel", examples: [{ name: "card-scoring" }] });

export const updateModelSchema = z.strictObject({
  displayName: z.string().trim().min(1).max(80).optional(),
  description: z.string().trim().max(2000).optional(),
}).meta({ id: "UpdateModel" });

/** Path of a file inside a version: relative, POSIX, no `.` or `..`, no control characters. It is metadata: never a path on our disk. */
export const modelPathSchema = z.string().min(1, "must not be empty").max(300, "may have at most 300 characters")
  .refine((p) => !/[\u0000-\u001f\u007f\\:*?"<>|#%]/.test(p), "has a character that a file name here may not have")
  .refine((p) => p.isWellFormed(), "is not valid Unicode")
  .refine((p) => !p.startsWith("/") && p.split("/").every((s) => s !== "" && s !== "." && s !== ".." && s.length <= 200), "must be a relative path without empty, `.` or `..` parts");

export const tensorSchema = z.object({
  name: z.string(), datatype: z.string().nullable(), nativeType: z.string(),
  shape: z.array(z.number()).nullable().meta({ description: "-1 is a dynamic dimension; null: the file does not say" }),
  dimensionNames: z.array(z.string().nullable()).optional(),
}).meta({ id: "Tensor" });

export const signatureSchema = z.object({ inputs: z.array(tensorSchema), outputs: z.array(tensorSchema) }).meta({ id: "Signature" });

export const findingSchema = z.object({
  severity: z.enum(["info", "warning", "danger"]), code: z.string(), message: z.string(), path: z.string().optional(),
}).meta({ id: "InspectionFinding" });

export const fileSchema = z.object({ path: z.string(), sizeBytes: z.number(), sha256: z.string() }).meta({ id: "ModelFile" });

export const versionSchema = z.object({
  version: z.number().int(), digest: z.string(), state: z.enum(["accepted", "quarantined", "approved"]), format: z.string(), sizeBytes: z.number(),
  files: z.array(fileSchema), signature: signatureSchema.nullable(),
  parameters: z.number().nullable().meta({ description: "null: unknown" }), weightBytes: z.number().nullable(),
  weightBytesByType: z.record(z.string(), z.number()).nullable(), facts: z.record(z.string(), z.union([z.string(), z.number()])),
  findings: z.array(findingSchema), source: z.record(z.string(), z.unknown()).nullable(),
  createdAt: isoTime, createdBy: z.string(), approvedAt: isoTime.nullable(), approvedBy: z.string().nullable(),
}).meta({ id: "ModelVersion" });

export type VersionDto = z.infer<typeof versionSchema>;

export const modelSchema = z.object({
  slug: z.string(), name: z.string(), displayName: z.string(), description: z.string(), latestVersion: z.number().int().nullable(),
  versions: z.number().int(), deployments: z.number().int(), format: z.string().nullable(), sizeBytes: z.number().nullable(), state: z.string().nullable(),
  createdAt: isoTime, updatedAt: isoTime,
}).meta({ id: "Model" });

export type ModelDto = z.infer<typeof modelSchema>;

export const versionNumber = z.coerce.number().int().min(1).max(2 ** 31 - 1);
