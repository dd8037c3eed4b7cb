import { checkBudgetEndpoint } from "@/lib/api/endpoints/budgets";
import { serve } from "@/lib/api/serve-endpoint";

export const { POST } = serve(checkBudgetEndpoint);
