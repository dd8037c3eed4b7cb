import { getUserEndpoint, updateUserEndpoint } from "@/lib/api/endpoints/users";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET, PATCH } = serve(getUserEndpoint, updateUserEndpoint);
