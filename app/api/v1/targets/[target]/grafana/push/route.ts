import { pushGrafanaEndpoint } from "@/lib/api/endpoints/grafana";
import { serve } from "@/lib/api/serve-endpoint";

export const { POST } = serve(pushGrafanaEndpoint);
