import { getRuleEndpoint, replaceRuleEndpoint, deleteRuleEndpoint } from "@/lib/api/endpoints/alerts";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET, PUT, DELETE } = serve(getRuleEndpoint, replaceRuleEndpoint, deleteRuleEndpoint);
