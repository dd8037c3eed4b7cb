import { applyNodePoolsEndpoint, listNodePoolsEndpoint } from "@/lib/api/endpoints/targets";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET, POST } = serve(listNodePoolsEndpoint, applyNodePoolsEndpoint);
