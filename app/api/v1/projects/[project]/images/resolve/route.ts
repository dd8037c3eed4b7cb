import { resolveImageEndpoint } from "@/lib/api/endpoints/images";
import { serve } from "@/lib/api/serve-endpoint";

export const { POST } = serve(resolveImageEndpoint);
