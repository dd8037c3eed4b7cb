import { deleteModelEndpoint, getModelEndpoint, updateModelEndpoint } from "@/lib/api/endpoints/models";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET, PATCH, DELETE } = serve(getModelEndpoint, updateModelEndpoint, deleteModelEndpoint);
