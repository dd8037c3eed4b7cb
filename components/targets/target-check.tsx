"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { asProblem } from "@/components/form/as-problem";
import { FindingList } from "@/components/targets/finding-list";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Panel } from "@/components/ui/panel";
import { SkeletonText } from "@/components/ui/skeleton";
import { fetchJson, LIMIT_MS } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { Finding } from "@/lib/targets/target";

/** What a target has and lacks, looked at now. */
export function TargetCheck({ target, local }: { target: string; local: boolean }) {
  const client = useQueryClient();
  const check = useQuery({
    queryKey: [...keys.targets, target, "check"], staleTime: 60_000,
    queryFn: async ({ signal }) => {
      const found = await fetchJson<{ items: Finding[] }>(`/api/v1/targets/${target}/check`, { signal, limitMs: LIMIT_MS.elsewhere });
      void client.invalidateQueries({ queryKey: keys.targets, exact: true });
      void client.invalidateQueries({ queryKey: [...keys.targets, target, "detail"] });
      return found;
    },
  });
  return (
    <Panel title="Check" description={local ? "The machine Slipway runs on: replicas are processes of its gateway" : "What is there, what is missing, and the command that mends it"} actions={<Button size="sm" onClick={() => void check.refetch()} loading={check.isFetching}><RefreshCw aria-hidden />Check again</Button>}>
      {check.isError && !check.data ? <ErrorState className="py-6!" title="The target could not be asked" reason={asProblem(check.error).detail} remedy={local ? "Look whether its gateway is running, then check again." : "Check again in a moment."} />
        : check.isPending ? <div role="status" aria-label="Checking"><SkeletonText lines={6} /></div>
        : <FindingList findings={check.data.items} />}
    </Panel>
  );
}
