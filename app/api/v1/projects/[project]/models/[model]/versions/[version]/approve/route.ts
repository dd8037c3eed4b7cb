import { approveVersionEndpoint } from "@/lib/api/endpoints/versions";
import { serve } from "@/lib/api/serve-endpoint";

export const { POST } = serve(approveVersionEndpoint);
