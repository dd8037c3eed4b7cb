import { exportRulesEndpoint } from "@/lib/api/endpoints/alerts";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET } = serve(exportRulesEndpoint);
