import { listChannelsEndpoint, createChannelEndpoint } from "@/lib/api/endpoints/alerts";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET, POST } = serve(listChannelsEndpoint, createChannelEndpoint);
