import { createLoadTestEndpoint, listLoadTestsEndpoint } from "@/lib/api/endpoints/load-tests";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET, POST } = serve(listLoadTestsEndpoint, createLoadTestEndpoint);
