import { useQuery, useQueryClient } from "@tanstack/react-query";
import { withLiveState } from "@/components/deployments/with-live-state";
import { useLive } from "@/components/live/live-provider";
import { ApiProblem, fetchWithEtag } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { LiveState } from "@/lib/deployments/live-state";
import type { DeploymentDto } from "@/lib/deployments/schema";

/** What the query of keys.deployment holds: the server's prefetch has the same shape. */
export type HeldDeployment = { deployment: DeploymentDto; etag: string | null };

/** Reads even when no event comes: a stream that a proxy swallows must not freeze a deploy on the page. */
const POLL_MS = { changing: 3_000, settled: 30_000 };
const CHANGING = new Set(["Pending", "Deploying", "Updating", "Stopping", "Deleting"]);

/** The deployment, live, with the ETag that its PATCH asks for. What lies below its key (measures, events) is read again with it. */
export function useDeployment(project: string, deployment: string) {
  const client = useQueryClient();
  const queryKey = keys.deployment(project, deployment);
  const query = useQuery<HeldDeployment>({
    queryKey,
    queryFn: async ({ signal }) => {
      const { data, etag } = await fetchWithEtag<DeploymentDto>(`/api/v1/projects/${project}/deployments/${deployment}`, { signal });
      return { deployment: data, etag };
    },
    refetchInterval: (q) => q.state.error instanceof ApiProblem && q.state.error.status === 404 ? false : CHANGING.has(q.state.data?.deployment.phase ?? "") ? POLL_MS.changing : POLL_MS.settled,
  });
  const id = query.data?.deployment.id;
  useLive(id ? `deployment:${id}` : null, [queryKey], (state) => {
    client.setQueryData<HeldDeployment>(queryKey, (held) => {
      const deployment = held && withLiveState(held.deployment, state as LiveState);
      return deployment === held?.deployment ? held : { ...held!, deployment: deployment! };
    });
  });
  return { data: query.data?.deployment, etag: query.data?.etag ?? undefined, error: query.error, isPending: query.isPending, query };
}
