import { previewRuleEndpoint } from "@/lib/api/endpoints/alerts";
import { serve } from "@/lib/api/serve-endpoint";

export const { POST } = serve(previewRuleEndpoint);
