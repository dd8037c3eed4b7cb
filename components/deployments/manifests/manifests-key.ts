import { keys } from "@/lib/api-client/query-keys";

export const manifestsKey = (project: string, deployment: string) => [...keys.deployment(project, deployment), "manifests"] as const;
