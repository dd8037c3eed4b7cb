import { budgetsEndpoint } from "@/lib/api/endpoints/budgets";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET } = serve(budgetsEndpoint);
