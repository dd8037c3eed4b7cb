import { fleetEndpoint } from "@/lib/api/endpoints/fleet";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET } = serve(fleetEndpoint);
