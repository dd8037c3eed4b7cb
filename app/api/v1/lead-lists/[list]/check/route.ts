import { checkLeadListEndpoint } from "@/lib/api/endpoints/lead-lists";
import { serve } from "@/lib/api/serve-endpoint";

export const { POST } = serve(checkLeadListEndpoint);
