import { createLeadEndpoint, listLeadsEndpoint } from "@/lib/api/endpoints/leads";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET, POST } = serve(createLeadEndpoint, listLeadsEndpoint);
