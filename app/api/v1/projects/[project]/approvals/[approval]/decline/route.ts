import { declineEndpoint } from "@/lib/api/endpoints/approvals";
import { serve } from "@/lib/api/serve-endpoint";

export const { POST } = serve(declineEndpoint);
