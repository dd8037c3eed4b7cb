import { inClusterEndpoint } from "@/lib/api/endpoints/target-discovery";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET } = serve(inClusterEndpoint);
