import { listSecretsEndpoint } from "@/lib/api/endpoints/secrets";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET } = serve(listSecretsEndpoint);
