import { z } from "zod";
import { isoTime, slugSchema } from "@/lib/api/schema";

/** First parts of the portal's own addresses: a project of such a name could not be reached below /app. */
const RESERVED = new Set(["alerts", "approvals", "costs", "deployments", "fleet", "leads", "models", "profiles", "settings", "targets"]);

export const createProjectSchema = z.strictObject({
  name: slugSchema.refine((n) => !RESERVED.has(n), "is a word of Slipway's own addresses; choose another"),
  displayName: z.string().trim().min(1).max(80).optional(),
  quotaBytes: z.number().int().min(1024 ** 2).max(Number.MAX_SAFE_INTEGER).optional(),
}).meta({ id: "CreateProject", examples: [{ name: "fraud" }] });

export const updateProjectSchema = z.strictObject({
  displayName: z.string().trim().min(1).max(80).optional(),
  quotaBytes: z.number().int().min(1024 ** 2).max(Number.MAX_SAFE_INTEGER).optional(),
}).meta({ id: "UpdateProject" });

export const projectSchema = z.object({
  slug: z.string(), name: z.string(), displayName: z.string(),
  quotaBytes: z.number().int().meta({ description: "Bytes its model files may take" }),
  usedBytes: z.number().int(), createdAt: isoTime,
  role: z.enum(["owner", "platform", "deployer", "viewer"]).meta({ description: "The caller's role here" }),
}).meta({ id: "Project" });

export type ProjectDto = z.infer<typeof projectSchema>;
