import { deleteGrafanaEndpoint, getGrafanaEndpoint, putGrafanaEndpoint } from "@/lib/api/endpoints/grafana";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET, PUT, DELETE } = serve(deleteGrafanaEndpoint, getGrafanaEndpoint, putGrafanaEndpoint);
