import { revokeTokenEndpoint } from "@/lib/api/endpoints/tokens";
import { serve } from "@/lib/api/serve-endpoint";

export const { DELETE } = serve(revokeTokenEndpoint);
