import { z } from "zod";
import { isoTime } from "@/lib/api/schema";
import { PHASES } from "@/lib/deployments/schema";

const attentionSchema = z.object({
  kind: z.enum(["alert", "failed", "degraded", "quarantined", "approval", "budget", "upload"]),
  project: z.string(),
  subject: z.string().meta({ description: "Slug of the deployment, environment or model, or a file's name" }),
  message: z.string(),
  since: isoTime.nullable(),
}).meta({ id: "Attention" });
export type Attention = z.infer<typeof attentionSchema>;

const activitySchema = z.object({
  key: z.string(), at: isoTime, project: z.string().nullable(), kind: z.string(), subject: z.string(), message: z.string(), by: z.string().nullable(), warning: z.boolean(),
}).meta({ id: "Activity" });
export type Activity = z.infer<typeof activitySchema>;

export const overviewSchema = z.object({
  asOf: isoTime,
  projects: z.array(z.object({
    project: z.string(), displayName: z.string(), mayDeploy: z.boolean(), models: z.number().int(), deployments: z.number().int(),
    phases: z.partialRecord(z.enum(PHASES), z.number().int()),
  })),
  attention: z.array(attentionSchema),
  activity: z.array(activitySchema).meta({ description: "Newest first: the audit log for who may read it, otherwise events of deployments" }),
  mayCreateProject: z.boolean(),
}).meta({ id: "Overview" });
export type Overview = z.infer<typeof overviewSchema>;
