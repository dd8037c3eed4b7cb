import { z } from "zod";
import { isoTime, slugSchema } from "@/lib/api/schema";
import { gateSchema } from "@/lib/budgets/gate";

export const APPROVAL_ACTIONS = ["create", "update", "start"] as const;
export type ApprovalAction = (typeof APPROVAL_ACTIONS)[number];
export const APPROVAL_STATES = ["waiting", "approved", "declined", "withdrawn"] as const;

export const approvalSchema = z.object({
  id: z.string(), project: z.string(), environment: z.string(), deployment: z.string(),
  action: z.enum(APPROVAL_ACTIONS), summary: z.string().meta({ description: "What was asked for, in a line" }),
  gate: gateSchema.meta({ description: "What the budget and the approval rule said when it was asked for" }),
  state: z.enum(APPROVAL_STATES), requestedBy: z.string(), requestedAt: isoTime, decidedBy: z.string().nullable(), decidedAt: isoTime.nullable(), note: z.string().nullable(),
  mayDecide: z.boolean().meta({ description: "Whether the caller may approve or decline it now" }), mayWithdraw: z.boolean(),
}).meta({ id: "Approval", description: "A change that waits for somebody's yes" });
export type ApprovalDto = z.infer<typeof approvalSchema>;

export const waitingSchema = z.object({ approval: approvalSchema }).meta({ id: "WaitsForApproval" });
export const decideSchema = z.strictObject({ note: z.string().trim().max(500).optional().meta({ description: "For whoever asked" }) }).meta({ id: "DecideApproval" });
export const approvalParams = z.object({ project: slugSchema, approval: z.uuid() });
export const listApprovalsState = z.enum([...APPROVAL_STATES, "all"]).default("waiting");
