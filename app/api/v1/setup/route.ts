import { getSetupEndpoint, setUpEndpoint } from "@/lib/api/endpoints/setup";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET, POST } = serve(getSetupEndpoint, setUpEndpoint);
