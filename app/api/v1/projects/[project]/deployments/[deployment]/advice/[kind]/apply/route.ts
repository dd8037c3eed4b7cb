import { applyAdviceEndpoint } from "@/lib/api/endpoints/advice";
import { serve } from "@/lib/api/serve-endpoint";

export const { POST } = serve(applyAdviceEndpoint);
