import { listSessionsEndpoint, revokeOtherSessionsEndpoint } from "@/lib/api/endpoints/me";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET, DELETE } = serve(listSessionsEndpoint, revokeOtherSessionsEndpoint);
