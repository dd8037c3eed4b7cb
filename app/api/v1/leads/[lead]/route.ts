import { deleteLeadEndpoint, getLeadEndpoint, updateLeadEndpoint } from "@/lib/api/endpoints/leads";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET, PATCH, DELETE } = serve(deleteLeadEndpoint, getLeadEndpoint, updateLeadEndpoint);
