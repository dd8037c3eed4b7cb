import { createModelEndpoint, listModelsEndpoint } from "@/lib/api/endpoints/models";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET, POST } = serve(listModelsEndpoint, createModelEndpoint);
