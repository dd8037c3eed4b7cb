import { createForecastEndpoint } from "@/lib/api/endpoints/forecasts";
import { serve } from "@/lib/api/serve-endpoint";

export const { POST } = serve(createForecastEndpoint);
