import { z } from "zod";
import { AppError } from "@/lib/errors";
import type { UploadMetadata } from "@/lib/uploads/upload-registry";

const CONTROL = /[\u0000-\u001f\u007f]/;
const name = z.string().min(1).max(255).refine((v) => !CONTROL.test(v) && !/[/\\]/.test(v) && v !== "." && v !== "..", "must be a plain file name");
const relativePath = z.string().min(1).max(1024).refine(
  (v) => !CONTROL.test(v) && !v.includes("\\") && v.split("/").every((part) => part !== "" && part !== "." && part !== ".."),
  "must be a path inside the folder, like weights/model.onnx",
);

const schema = z.object({
  filename: name,
  path: relativePath.optional(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, "must be 64 lower-case hexadecimal digits").optional(),
  contentType: z.string().max(200).optional(),
});

/** The names here are kept as data and shown to people; none of them ever becomes a path on our disk. */
export function checkUploadMetadata(raw: Record<string, string | null> | undefined): UploadMetadata {
  const given = raw ?? {};
  const parsed = schema.safeParse({
    filename: given.filename ?? given.name ?? undefined,
    path: given.path ?? given.relativePath ?? undefined,
    sha256: given.sha256 ?? undefined,
    contentType: given.contentType ?? given.filetype ?? undefined,
  });
  // Without the absent ones: what is undefined cannot be written back into a header, nor into a JSON column.
  if (parsed.success) return Object.fromEntries(Object.entries(parsed.data).filter(([, value]) => value !== undefined)) as UploadMetadata;
  const fields = parsed.error.issues.map((issue) => ({ path: issue.path.join("."), message: issue.message }));
  throw new AppError("invalid_request", `The Upload-Metadata header is not usable: ${fields.map((f) => `${f.path} ${f.message}`).join("; ")}.`, { fields });
}
