import { checkMetricsSourceEndpoint } from "@/lib/api/endpoints/metrics-sources";
import { serve } from "@/lib/api/serve-endpoint";

export const { POST } = serve(checkMetricsSourceEndpoint);
