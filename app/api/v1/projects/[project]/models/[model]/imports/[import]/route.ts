import { cancelImportEndpoint, getImportEndpoint } from "@/lib/api/endpoints/imports";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET, DELETE } = serve(getImportEndpoint, cancelImportEndpoint);
