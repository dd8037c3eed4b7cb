import { checkTargetEndpoint } from "@/lib/api/endpoints/targets";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET } = serve(checkTargetEndpoint);
