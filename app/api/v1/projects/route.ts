import { createProjectEndpoint, listProjectsEndpoint } from "@/lib/api/endpoints/projects";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET, POST } = serve(listProjectsEndpoint, createProjectEndpoint);
