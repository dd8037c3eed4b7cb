import { createSampleEndpoint } from "@/lib/api/endpoints/samples";
import { serve } from "@/lib/api/serve-endpoint";

export const { POST } = serve(createSampleEndpoint);
