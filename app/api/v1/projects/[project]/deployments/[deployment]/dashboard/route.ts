import { deploymentDashboardEndpoint } from "@/lib/api/endpoints/grafana";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET } = serve(deploymentDashboardEndpoint);
