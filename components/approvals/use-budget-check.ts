import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { BudgetCheck } from "@/lib/budgets/check-budget";

type Asked = { project: string; environment: string; profile: string | undefined; min: number; max: number; deployment?: string };

/** What the environment's budget and rule would say to a deployment, asked anew as the form changes. */
export function useBudgetCheck({ project, ...body }: Asked) {
  const sound = Boolean(body.profile) && Number.isInteger(body.min) && Number.isInteger(body.max) && body.min >= 0 && body.max >= Math.max(1, body.min) && body.max <= 200;
  return useQuery({
    queryKey: [...keys.budgets(project), "check", body], enabled: sound, placeholderData: keepPreviousData, staleTime: 15_000, retry: false,
    queryFn: ({ signal }) => fetchJson<BudgetCheck>(`/api/v1/projects/${project}/budget-checks`, { body: { environment: body.environment, profile: body.profile, scaling: { min: body.min, max: body.max }, deployment: body.deployment }, signal }),
  });
}
