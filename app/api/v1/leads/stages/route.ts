import { countLeadStagesEndpoint } from "@/lib/api/endpoints/leads";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET } = serve(countLeadStagesEndpoint);
