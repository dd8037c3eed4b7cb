import { z } from "zod";
import { resolveImageSchema } from "@/lib/images/schema";
import { hubImportSchema, s3ImportSchema, urlImportSchema } from "@/lib/models/import/schema";

export type ImportKind = "url" | "huggingFace" | "s3" | "image";
/** What the form holds; text as it was typed. */
export type ImportFields = { url: string; filename: string; repo: string; revision: string; patterns: string; tokenSecret: string; uri: string; region: string; image: string; pullSecret: string };

/** The request of the API that a form stands for, and the schema of its kind. What was left empty is left out. */
export function importOf(kind: ImportKind, fields: ImportFields): { import: unknown; schema: z.ZodType } {
  const given = (text: string) => text.trim() || undefined;
  const without = (object: Record<string, unknown>) => Object.fromEntries(Object.entries(object).filter(([, v]) => v !== undefined));
  switch (kind) {
    case "url":
      return { schema: urlImportSchema, import: without({ url: fields.url.trim(), filename: given(fields.filename) }) };
    case "huggingFace": {
      const patterns = fields.patterns.split(",").map((p) => p.trim()).filter(Boolean);
      return { schema: hubImportSchema, import: { huggingFace: without({ repo: fields.repo.trim(), revision: given(fields.revision), allowPatterns: patterns.length > 0 ? patterns : undefined, tokenSecret: given(fields.tokenSecret) }) } };
    }
    case "image":
      return { schema: z.object({ image: resolveImageSchema }), import: { image: without({ image: fields.image.trim(), pullSecret: given(fields.pullSecret) }) } };
    case "s3":
      return { schema: s3ImportSchema, import: { s3: without({ uri: fields.uri.trim(), region: given(fields.region) }) } };
  }
}
