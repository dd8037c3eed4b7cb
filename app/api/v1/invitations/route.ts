import { createInvitationEndpoint, listInvitationsEndpoint } from "@/lib/api/endpoints/users";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET, POST } = serve(listInvitationsEndpoint, createInvitationEndpoint);
