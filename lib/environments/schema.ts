import { z } from "zod";
import { OVER_BUDGET } from "@/lib/budgets/gate";
import { isoTime, slugSchema } from "@/lib/api/schema";

const fields = {
  displayName: z.string().trim().min(1, "must not be empty").max(80),
  requiresApproval: z.boolean().meta({ description: "A deployment here waits for a platform person" }),
  monthlyBudgetUsd: z.number().min(0).max(9_999_999_999).multipleOf(0.01, "may have at most two decimals").nullable(),
  target: slugSchema.nullable().meta({ description: "Where its deployments go; null: wherever one asks for" }),
  sleepAfterMinutes: z.number().int().min(1).max(1440).nullable().meta({ description: "A deployment here keeps no replica after so many minutes without a request, and starts again with the next one; null: as each says itself. On this machine, and on clusters with KEDA, Prometheus and a gateway that counts requests" }),
  expireAfterDays: z.number().int().min(1).max(365).nullable().meta({ description: "A deployment here is deleted so many days after its newest revision; null: never" }),
  overBudget: z.enum(OVER_BUDGET).meta({ description: "What happens to a deployment that would take the environment over its budget: allow it, ask a platform person, or block it" }),
};
export const createEnvironmentSchema = z.strictObject({
  name: slugSchema, displayName: fields.displayName.optional(), requiresApproval: fields.requiresApproval.default(false), monthlyBudgetUsd: fields.monthlyBudgetUsd.default(null), target: fields.target.default(null), sleepAfterMinutes: fields.sleepAfterMinutes.default(null), expireAfterDays: fields.expireAfterDays.default(null), overBudget: fields.overBudget.default("ask"),
}).meta({ id: "CreateEnvironment", examples: [{ name: "staging", monthlyBudgetUsd: 500, overBudget: "ask" }] });
export const updateEnvironmentSchema = z.strictObject({
  displayName: fields.displayName.optional(), requiresApproval: fields.requiresApproval.optional(), monthlyBudgetUsd: fields.monthlyBudgetUsd.optional(), overBudget: fields.overBudget.optional(), sleepAfterMinutes: fields.sleepAfterMinutes.optional(), expireAfterDays: fields.expireAfterDays.optional(), target: fields.target.optional(),
}).refine((e) => Object.keys(e).length > 0, "nothing to change").meta({ id: "UpdateEnvironment" });
export const environmentSchema = z.object({
  slug: z.string(), name: z.string(), displayName: z.string(), requiresApproval: z.boolean(), monthlyBudgetUsd: z.number().nullable(), overBudget: z.enum(OVER_BUDGET), target: z.string().nullable(), sleepAfterMinutes: z.number().int().nullable(), expireAfterDays: z.number().int().nullable(), createdAt: isoTime, deployments: z.number().int(),
}).meta({ id: "Environment" });
export type EnvironmentDto = z.infer<typeof environmentSchema>;
export const environmentParams = z.object({ project: slugSchema, environment: slugSchema });
