import { z } from "zod";
import { isoTime } from "@/lib/api/schema";
import { PHASES } from "@/lib/deployments/schema";

/** Windows of the fleet's page, with their cells of the heat map and the step of the roll-ups they are read from. */
export const FLEET_WINDOWS = { "1h": { seconds: 3600, cellSeconds: 300, stepSeconds: 60 }, "6h": { seconds: 21_600, cellSeconds: 900, stepSeconds: 60 }, "24h": { seconds: 86_400, cellSeconds: 3600, stepSeconds: 900 } } as const;
export type FleetWindow = keyof typeof FLEET_WINDOWS;
export const fleetWindowSchema = z.enum(Object.keys(FLEET_WINDOWS) as [FleetWindow, ...FleetWindow[]]).default("6h");
/** Days over which an objective's error budget is counted. */
export const BUDGET_DAYS = 7;

const share = z.number().min(0).nullable();
export const fleetDeploymentSchema = z.object({
  project: z.string(), deployment: z.string(), phase: z.enum(PHASES), target: z.string(), source: z.enum(["embedded", "prometheus", "datadog", "none"]), why: z.string().nullable().meta({ description: "Why measures are missing; null: none is" }),
  requests: z.number().nullable(), p99Seconds: z.number().nullable(), errorRate: share.meta({ description: "0..1; null: no request, or not known" }),
  utilisation: share.meta({ description: "Mean over the window of the processor that ready replicas asked for, or of their GPUs; null: not measured" }), utilisationOf: z.enum(["processor", "gpu"]),
  cells: z.array(share).meta({ description: "The same in each cell of the window, oldest first" }), costUsd: z.number().nullable(), idleUsd: z.number().nullable().meta({ description: "Of the cost; null: not measured" }),
});
export type FleetDeployment = z.infer<typeof fleetDeploymentSchema>;
export const fleetObjectiveSchema = z.object({
  rule: z.string(), ruleId: z.uuid(), project: z.string(), deployment: z.string(), objectivePercent: z.number(), requests: z.number().nullable(), errors: z.number().nullable(),
  budgetLeft: z.number().max(1).nullable().meta({ description: "1: nothing of it is used; 0: all; below 0: more than all. null: no request, or not known" }), why: z.string().nullable(),
});
export type FleetObjective = z.infer<typeof fleetObjectiveSchema>;
export const fleetSchema = z.object({
  window: z.string(), from: isoTime, to: isoTime, cellSeconds: z.number().int(), budgetDays: z.number().int(), estimate: z.boolean().meta({ description: "Of the costs" }),
  deployments: z.array(fleetDeploymentSchema), objectives: z.array(fleetObjectiveSchema), left: z.number().int().meta({ description: "Deployments beyond the thousand that are in the answer" }),
}).meta({ id: "Fleet" });
export type Fleet = z.infer<typeof fleetSchema>;
