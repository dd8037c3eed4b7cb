import { listUsersEndpoint } from "@/lib/api/endpoints/users";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET } = serve(listUsersEndpoint);
