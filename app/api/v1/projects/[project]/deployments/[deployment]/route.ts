import { deleteDeploymentEndpoint, getDeploymentEndpoint } from "@/lib/api/endpoints/deployments";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET, DELETE } = serve(getDeploymentEndpoint, deleteDeploymentEndpoint);
