import { planEndpoint } from "@/lib/api/endpoints/deployment-changes";
import { serve } from "@/lib/api/serve-endpoint";

export const { POST } = serve(planEndpoint);
