import { listRefusedRowsEndpoint } from "@/lib/api/endpoints/lead-lists";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET } = serve(listRefusedRowsEndpoint);
