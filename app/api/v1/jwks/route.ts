import { jwksEndpoint } from "@/lib/api/endpoints/edge-tokens";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET } = serve(jwksEndpoint);
