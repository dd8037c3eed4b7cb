import { erasePersonEndpoint } from "@/lib/api/endpoints/leads";
import { serve } from "@/lib/api/serve-endpoint";

export const { POST } = serve(erasePersonEndpoint);
