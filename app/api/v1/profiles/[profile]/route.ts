import { getProfileEndpoint } from "@/lib/api/endpoints/profiles";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET } = serve(getProfileEndpoint);
