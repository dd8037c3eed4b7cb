import { deleteMetricsSourceEndpoint, getMetricsSourceEndpoint, putMetricsSourceEndpoint } from "@/lib/api/endpoints/metrics-sources";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET, PUT, DELETE } = serve(getMetricsSourceEndpoint, putMetricsSourceEndpoint, deleteMetricsSourceEndpoint);
