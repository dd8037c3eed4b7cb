import { listApprovalsEndpoint } from "@/lib/api/endpoints/approvals";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET } = serve(listApprovalsEndpoint);
