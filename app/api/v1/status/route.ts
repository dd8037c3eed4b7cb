import { statusEndpoint } from "@/lib/api/endpoints/meta";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET } = serve(statusEndpoint);
