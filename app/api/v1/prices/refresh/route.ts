import { refreshPricesEndpoint } from "@/lib/api/endpoints/prices";
import { serve } from "@/lib/api/serve-endpoint";

export const { POST } = serve(refreshPricesEndpoint);
