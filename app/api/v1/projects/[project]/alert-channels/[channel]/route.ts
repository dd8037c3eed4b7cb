import { deleteChannelEndpoint } from "@/lib/api/endpoints/alerts";
import { serve } from "@/lib/api/serve-endpoint";

export const { DELETE } = serve(deleteChannelEndpoint);
