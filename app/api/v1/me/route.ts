import { getMeEndpoint, updateMeEndpoint } from "@/lib/api/endpoints/me";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET, PATCH } = serve(getMeEndpoint, updateMeEndpoint);
