import { verifyAuditEndpoint } from "@/lib/api/endpoints/audit";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET } = serve(verifyAuditEndpoint);
