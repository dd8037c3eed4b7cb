import { deleteTargetEndpoint, getTargetEndpoint, updateTargetEndpoint } from "@/lib/api/endpoints/targets";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET, PATCH, DELETE } = serve(getTargetEndpoint, updateTargetEndpoint, deleteTargetEndpoint);
