import { getEnvironmentEndpoint, updateEnvironmentEndpoint } from "@/lib/api/endpoints/environments";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET, PATCH } = serve(getEnvironmentEndpoint, updateEnvironmentEndpoint);
