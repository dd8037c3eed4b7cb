import { listRulesEndpoint, createRuleEndpoint } from "@/lib/api/endpoints/alerts";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET, POST } = serve(listRulesEndpoint, createRuleEndpoint);
