import { z } from "zod";
import { endpoint } from "@/lib/api/endpoint";
import { projectParams, slugSchema } from "@/lib/api/schema";
import { budgetStatus, budgetStatusSchema } from "@/lib/budgets/budget-status";
import { budgetCheckSchema, checkBudget } from "@/lib/budgets/check-budget";
import { scalingSchema } from "@/lib/deployments/schema";

const tag = "Costs";

export const budgetsEndpoint = endpoint({
  id: "getBudgets", method: "GET", path: "/api/v1/projects/{project}/budgets", summary: "The month of each environment against its budget", tag,
  description: "Spent so far, and where it is heading if what runs now goes on running. Months are UTC.",
  policy: { kind: "project", permission: "deployment.read" }, params: projectParams,
  responses: { 200: { description: "One entry an environment", schema: z.object({ items: z.array(budgetStatusSchema) }) } },
  handler: async ({ project }) => ({ status: 200, body: { items: await budgetStatus(project.id) } }),
});

export const checkBudgetEndpoint = endpoint({
  id: "checkBudget", method: "POST", path: "/api/v1/projects/{project}/budget-checks", summary: "What the budget would say to a deployment", tag,
  description: "The answer that deploying would get, before it is asked for. With `deployment`, of changing that one. Nothing is stored.",
  policy: { kind: "project", permission: "deployment.read" }, params: projectParams, idempotent: false,
  body: z.strictObject({ environment: slugSchema, profile: z.string().min(1).max(80), scaling: scalingSchema, deployment: slugSchema.optional() }).meta({ id: "CheckBudget" }),
  responses: { 200: { description: "Allow, ask or block, and why", schema: budgetCheckSchema } },
  handler: async ({ actor, project, body }) => ({ status: 200, body: await checkBudget(actor, project.id, body) }),
});
