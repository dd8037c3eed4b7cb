import { createVersionEndpoint, listVersionsEndpoint } from "@/lib/api/endpoints/versions";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET, POST } = serve(listVersionsEndpoint, createVersionEndpoint);
