import { acceptInvitationEndpoint } from "@/lib/api/endpoints/setup";
import { serve } from "@/lib/api/serve-endpoint";

export const { POST } = serve(acceptInvitationEndpoint);
