import { deleteVersionEndpoint, getVersionEndpoint } from "@/lib/api/endpoints/versions";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET, DELETE } = serve(getVersionEndpoint, deleteVersionEndpoint);
