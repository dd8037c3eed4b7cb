import { deleteSecretEndpoint, putSecretEndpoint } from "@/lib/api/endpoints/secrets";
import { serve } from "@/lib/api/serve-endpoint";

export const { PUT, DELETE } = serve(putSecretEndpoint, deleteSecretEndpoint);
