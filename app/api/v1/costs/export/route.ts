import { costExportEndpoint } from "@/lib/api/endpoints/costs";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET } = serve(costExportEndpoint);
