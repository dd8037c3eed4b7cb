import { deploymentAdviceEndpoint } from "@/lib/api/endpoints/advice";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET } = serve(deploymentAdviceEndpoint);
