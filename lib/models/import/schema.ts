import { z } from "zod";
import { isoTime } from "@/lib/api/schema";
import { modelPathSchema } from "@/lib/models/schema";
import { secretNameSchema } from "@/lib/secrets/schema";

const sha256Schema = z.string().regex(/^[0-9a-fA-F]{64}$/, "must be a SHA-256 in hex, 64 characters");

/** `owner/name`, as in the address of the repository's page. Dots alone are refused: they would leave the API's path. */
export const hubRepoSchema = z.string().max(200).regex(/^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)?$/, "must look like owner/name");
/** A commit, or a branch or tag. May have slashes (`refs/pr/1`), never `..`. */
export const hubRevisionSchema = z.string().min(1).max(200).regex(/^[A-Za-z0-9][A-Za-z0-9._/-]*$/, "must be a commit, a branch or a tag").refine((r) => !r.includes(".."), "must not contain ..");

/** A single file over https. What the URL redirects to is checked as it is. */
export const urlImportSchema = z.strictObject({
  url: z.url({ protocol: /^https$/, error: "must be an https:// URL" }).max(2000),
  filename: modelPathSchema.optional().meta({ description: "Default: the last part of the URL's path" }),
  sha256: sha256Schema.optional().meta({ description: "Checked when given" }),
});

export const hubImportSchema = z.strictObject({
  huggingFace: z.strictObject({
    repo: hubRepoSchema,
    revision: hubRevisionSchema.default("main").meta({ description: "A commit of 40 hex digits; a branch or tag is resolved to its commit, and the commit recorded" }),
    allowPatterns: z.array(z.string().min(1).max(200)).min(1).max(50).optional().meta({ description: "Shell patterns over paths; `*` also crosses folders. Default: every file" }),
    tokenSecret: secretNameSchema.optional().meta({ description: "Name of the project's secret that holds an access token, for a private or gated repository" }),
  }),
});

/** One object, or every object under a prefix that ends with `/`. Credentials: those of the worker (environment, profile, role). */
export const s3ImportSchema = z.strictObject({
  s3: z.strictObject({
    uri: z.string().max(1200).regex(/^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/.*)?$/, "must look like s3://bucket/key or s3://bucket/prefix/"),
    region: z.string().regex(/^[a-z0-9-]{2,40}$/, "must be a region such as us-east-1").optional(),
  }),
});

export const importRequestSchema = z.union([urlImportSchema, hubImportSchema, s3ImportSchema]).meta({ id: "ImportRequest", examples: [{ url: "https://models.example.com/card-scoring.onnx" }] });
export type ImportRequest = z.output<typeof importRequestSchema>;

/** Bytes and files of an import, as far as they are known: before the source is listed all but `step` are null. */
export const importProgressSchema = z.object({
  step: z.enum(["waiting", "listing", "fetching", "inspecting"]),
  files: z.number().int().nullable(), filesDone: z.number().int().nullable(),
  bytes: z.number().nullable().meta({ description: "null: the source does not tell a size" }), bytesDone: z.number().nullable(),
  currentFile: z.string().nullable(), retryAt: isoTime.nullable(),
});
export type ImportProgress = z.output<typeof importProgressSchema>;
export const NO_PROGRESS: ImportProgress = { step: "waiting", files: null, filesDone: null, bytes: null, bytesDone: null, currentFile: null, retryAt: null };

export const importSchema = z.object({
  id: z.string(), state: z.enum(["queued", "running", "done", "failed", "cancelled"]), request: importRequestSchema, progress: importProgressSchema,
  error: z.string().nullable(), version: z.number().int().nullable().meta({ description: "The version that was made, once done" }), attempts: z.number().int(),
  createdAt: isoTime, createdBy: z.string(), finishedAt: isoTime.nullable(),
}).meta({ id: "ModelImport" });
export type ImportDto = z.infer<typeof importSchema>;
