import { updateDeploymentEndpoint } from "@/lib/api/endpoints/deployment-changes";
import { deleteDeploymentEndpoint, getDeploymentEndpoint } from "@/lib/api/endpoints/deployments";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET, PATCH, DELETE } = serve(getDeploymentEndpoint, updateDeploymentEndpoint, deleteDeploymentEndpoint);
