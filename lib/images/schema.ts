import { z } from "zod";

export const resolveImageSchema = z.strictObject({
  image: z.string().min(1).max(400).meta({ description: "As a pod would name it, with a tag" }),
  pullSecret: z.string().min(1).max(128).optional().meta({ description: "Name of the project's secret with the registry's login" }),
}).meta({ id: "ResolveImage", examples: [{ image: "ghcr.io/team/model:1.4" }] });
export const resolvedImageSchema = z.object({
  image: z.string().meta({ description: "With its digest: what a deployment takes" }), tag: z.string().nullable(), digest: z.string(),
  sizeBytes: z.number().nullable().meta({ description: "Packed, of one platform; null: the registry lists several platforms" }), platforms: z.array(z.string()).nullable().meta({ description: "os/architecture; null: one, and the registry does not say which" }),
}).meta({ id: "ResolvedImage" });
export type ResolvedImage = z.infer<typeof resolvedImageSchema>;
export const offeredImageSchema = resolvedImageSchema.extend({ approved: z.boolean().meta({ description: "Deployments of this project may run it: a platform person approved a version of that digest" }) }).meta({ id: "OfferedImage" });
export type OfferedImage = z.infer<typeof offeredImageSchema>;
