import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { againIfFailed } from "@/components/query/should-retry";
import { isOpen } from "@/components/load-tests/words";
import { useLive } from "@/components/live/live-provider";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { LoadTestDto, Percentile } from "@/lib/load-tests/schema";

export const loadTestsPath = (project: string, deployment: string) => `/api/v1/projects/${project}/deployments/${deployment}/load-tests`;
export const loadTestsKey = (project: string, deployment: string) => [...keys.deployment(project, deployment), "load-tests"] as const;

/** Even when no event comes: a stream that a proxy swallows must not freeze a running test on the page. */
const POLL_MS = 2_000;

/** The newest 50 tests, live while one runs, with what each costs at the latency asked for. */
export function useLoadTests(project: string, deployment: string, target: { percentile: Percentile; targetMs: number | null }) {
  const queryKey = [...loadTestsKey(project, deployment), target.percentile, target.targetMs] as const;
  const query = useQuery<{ items: LoadTestDto[] }>({
    queryKey, placeholderData: keepPreviousData,
    queryFn: ({ signal }) => fetchJson<{ items: LoadTestDto[] }>(`${loadTestsPath(project, deployment)}?percentile=${target.percentile}${target.targetMs === null ? "" : `&targetMs=${target.targetMs}`}`, { signal }),
    refetchInterval: (q) => (q.state.data?.items.some(isOpen) ? POLL_MS : againIfFailed(q)),
  });
  const open = query.data?.items.find(isOpen);
  useLive(open ? `loadtest:${open.id}` : null, [loadTestsKey(project, deployment)]);
  return query;
}
