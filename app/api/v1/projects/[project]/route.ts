import { getProjectEndpoint, updateProjectEndpoint } from "@/lib/api/endpoints/projects";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET, PATCH } = serve(getProjectEndpoint, updateProjectEndpoint);
