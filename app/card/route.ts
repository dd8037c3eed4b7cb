import { cardImage } from "@/components/site/card-image";

export const dynamic = "force-static";

/** The social card of the public pages that have none of their own. */
export const GET = () => cardImage("Know what a model costs before you deploy it", "Self-hosted model deployment for AWS EKS");
