import { createTokenEndpoint, listTokensEndpoint } from "@/lib/api/endpoints/tokens";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET, POST } = serve(listTokensEndpoint, createTokenEndpoint);
