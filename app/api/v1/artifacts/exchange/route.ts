import { exchangeArtifactTokenEndpoint } from "@/lib/api/endpoints/artifacts";
import { serve } from "@/lib/api/serve-endpoint";

export const { POST } = serve(exchangeArtifactTokenEndpoint);
