import { deleteLeadNoteEndpoint } from "@/lib/api/endpoints/leads";
import { serve } from "@/lib/api/serve-endpoint";

export const { DELETE } = serve(deleteLeadNoteEndpoint);
