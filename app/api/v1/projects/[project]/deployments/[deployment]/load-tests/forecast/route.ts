import { forecastLoadTestEndpoint } from "@/lib/api/endpoints/load-tests";
import { serve } from "@/lib/api/serve-endpoint";

export const { POST } = serve(forecastLoadTestEndpoint);
