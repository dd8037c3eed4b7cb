import { revokeSessionEndpoint } from "@/lib/api/endpoints/me";
import { serve } from "@/lib/api/serve-endpoint";

export const { DELETE } = serve(revokeSessionEndpoint);
