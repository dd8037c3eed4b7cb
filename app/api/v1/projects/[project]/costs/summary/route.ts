import { projectCostSummaryEndpoint } from "@/lib/api/endpoints/costs";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET } = serve(projectCostSummaryEndpoint);
