import { keys } from "@/lib/api-client/query-keys";

/** Below the deployment's key, so that a live change of the deployment reads its revisions again. */
export const revisionsKey = (project: string, deployment: string) => [...keys.deployment(project, deployment), "revisions"] as const;
