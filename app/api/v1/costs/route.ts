import { costsEndpoint } from "@/lib/api/endpoints/measures";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET } = serve(costsEndpoint);
