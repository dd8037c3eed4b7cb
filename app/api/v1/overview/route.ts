import { overviewEndpoint } from "@/lib/api/endpoints/overview";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET } = serve(overviewEndpoint);
