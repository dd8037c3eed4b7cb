import { listDrillsEndpoint, startDrillEndpoint } from "@/lib/api/endpoints/drills";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET, POST } = serve(listDrillsEndpoint, startDrillEndpoint);
