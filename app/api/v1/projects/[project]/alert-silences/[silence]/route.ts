import { deleteSilenceEndpoint } from "@/lib/api/endpoints/alerts";
import { serve } from "@/lib/api/serve-endpoint";

export const { DELETE } = serve(deleteSilenceEndpoint);
