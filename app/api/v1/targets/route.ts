import { createTargetEndpoint, listTargetsEndpoint } from "@/lib/api/endpoints/targets";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET, POST } = serve(listTargetsEndpoint, createTargetEndpoint);
