import { manifestsEndpoint } from "@/lib/api/endpoints/deployment-history";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET } = serve(manifestsEndpoint);
