import { listImportsEndpoint } from "@/lib/api/endpoints/imports";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET } = serve(listImportsEndpoint);
