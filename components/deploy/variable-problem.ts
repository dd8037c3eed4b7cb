import type { Variable } from "@/components/deploy/variables-of";
import { createDeploymentSchema } from "@/lib/deployments/schema";

/** What the API would say of one row, in words; null: nothing. An invalid key of a record keeps its reason one level deeper. */
export function variableProblem(row: Variable): string | null {
  const schema = row.kind === "secret" ? createDeploymentSchema.shape.secrets : createDeploymentSchema.shape.env;
  const issue = schema.safeParse({ [row.name]: row.value }).error?.issues[0];
  if (!issue) return null;
  return issue.code === "invalid_key" ? (issue.issues[0]?.message ?? issue.message) : issue.message;
}
