import { predictEndpoint } from "@/lib/api/endpoints/measures";
import { serve } from "@/lib/api/serve-endpoint";

export const { POST } = serve(predictEndpoint);
