import "@/lib/api/browser-zod";
import { z } from "zod";

/** A slug: what things are addressed by. Also a valid DNS label, since it names objects in a cluster. */
export const slugSchema = z.string()
  .min(1, "must not be empty")
  .max(40, "may have at most 40 characters")
  .regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, "must be lower-case letters, digits and hyphens, starting and ending with a letter or digit")
  .meta({ description: "Lower-case letters, digits and hyphens; at most 40 characters", example: "sentiment" });

export const isoTime = z.iso.datetime().meta({ description: "RFC 3339 time, UTC" });

/** Query of every list. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional().meta({ description: "nextCursor of the page before" }),
});

export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), nextCursor: z.string().nullable() });

export const problemSchema = z.object({
  type: z.string(), title: z.string(), status: z.number().int(), code: z.string(), detail: z.string(), requestId: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
}).meta({
  id: "Problem", description: "RFC 9457 problem document; `code` is stable",
  examples: [{ type: "/docs/problems#already_exists", title: "Already exists", status: 409, code: "already_exists", detail: "A deployment named card-scoring exists in this project. Choose another name.", requestId: "01a21abf-ec37-72cd-8f8d-59f5c6d15534" }],
});

export const projectParams = z.object({ project: slugSchema });
