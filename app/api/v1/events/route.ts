import { eventsEndpoint } from "@/lib/api/endpoints/events";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET } = serve(eventsEndpoint);
