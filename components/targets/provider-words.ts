import type { TargetDto } from "@/lib/targets-catalogue/schema";

export const PROVIDER_WORDS: Record<TargetDto["provider"], string> = { local: "This machine", kubernetes: "Kubernetes cluster", eks: "EKS cluster", "eks-auto": "EKS cluster, Auto Mode" };
export const targetHref = (slug: string) => `/app/targets/${encodeURIComponent(slug)}`;
