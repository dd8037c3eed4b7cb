import { deleteInvitationEndpoint } from "@/lib/api/endpoints/users";
import { serve } from "@/lib/api/serve-endpoint";

export const { DELETE } = serve(deleteInvitationEndpoint);
