import { putMemberEndpoint, removeMemberEndpoint } from "@/lib/api/endpoints/members";
import { serve } from "@/lib/api/serve-endpoint";

export const { PUT, DELETE } = serve(putMemberEndpoint, removeMemberEndpoint);
