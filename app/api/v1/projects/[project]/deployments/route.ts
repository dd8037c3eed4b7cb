import { createDeploymentEndpoint, listDeploymentsEndpoint } from "@/lib/api/endpoints/deployments";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET, POST } = serve(listDeploymentsEndpoint, createDeploymentEndpoint);
