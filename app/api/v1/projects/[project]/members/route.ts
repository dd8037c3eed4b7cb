import { listMembersEndpoint } from "@/lib/api/endpoints/members";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET } = serve(listMembersEndpoint);
