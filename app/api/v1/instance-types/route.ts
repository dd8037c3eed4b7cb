import { listInstanceTypesEndpoint } from "@/lib/api/endpoints/prices";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET } = serve(listInstanceTypesEndpoint);
