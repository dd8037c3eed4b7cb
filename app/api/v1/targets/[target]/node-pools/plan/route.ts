import { planNodePoolsEndpoint } from "@/lib/api/endpoints/targets";
import { serve } from "@/lib/api/serve-endpoint";

export const { POST } = serve(planNodePoolsEndpoint);
