import { discoverEksEndpoint } from "@/lib/api/endpoints/target-discovery";
import { serve } from "@/lib/api/serve-endpoint";

export const { POST } = serve(discoverEksEndpoint);
