import { issueEndpointTokenEndpoint } from "@/lib/api/endpoints/edge-tokens";
import { serve } from "@/lib/api/serve-endpoint";

export const { POST } = serve(issueEndpointTokenEndpoint);
