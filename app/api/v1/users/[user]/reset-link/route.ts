import { createResetLinkEndpoint } from "@/lib/api/endpoints/users";
import { serve } from "@/lib/api/serve-endpoint";

export const { POST } = serve(createResetLinkEndpoint);
