import { changePasswordEndpoint } from "@/lib/api/endpoints/me";
import { serve } from "@/lib/api/serve-endpoint";

export const { POST } = serve(changePasswordEndpoint);
