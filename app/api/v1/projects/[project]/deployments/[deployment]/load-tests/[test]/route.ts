import { getLoadTestEndpoint, stopLoadTestEndpoint } from "@/lib/api/endpoints/load-tests";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET, DELETE } = serve(getLoadTestEndpoint, stopLoadTestEndpoint);
