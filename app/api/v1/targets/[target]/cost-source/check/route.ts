import { checkCostSourceEndpoint } from "@/lib/api/endpoints/cost-sources";
import { serve } from "@/lib/api/serve-endpoint";

export const { POST } = serve(checkCostSourceEndpoint);
