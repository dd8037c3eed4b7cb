import { downloadArtifactEndpoint } from "@/lib/api/endpoints/artifacts";
import { serve } from "@/lib/api/serve-endpoint";

export const { GET } = serve(downloadArtifactEndpoint);
