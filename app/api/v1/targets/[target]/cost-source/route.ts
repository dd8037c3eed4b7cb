import { deleteCostSourceEndpoint, getCostSourceEndpoint, putCostSourceEndpoint } from "@/lib/api/endpoints/cost-sources";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET, PUT, DELETE } = serve(getCostSourceEndpoint, putCostSourceEndpoint, deleteCostSourceEndpoint);
