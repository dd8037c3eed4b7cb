import { deleteProjectEndpoint, getProjectEndpoint, updateProjectEndpoint } from "@/lib/api/endpoints/projects";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET, PATCH, DELETE } = serve(getProjectEndpoint, updateProjectEndpoint, deleteProjectEndpoint);
