import { createEnvironmentEndpoint, listEnvironmentsEndpoint } from "@/lib/api/endpoints/environments";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET, POST } = serve(listEnvironmentsEndpoint, createEnvironmentEndpoint);
