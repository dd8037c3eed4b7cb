import { getTargetEndpoint } from "@/lib/api/endpoints/targets";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET } = serve(getTargetEndpoint);
