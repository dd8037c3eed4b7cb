"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { asProblem } from "@/components/form/as-problem";
import { NodePoolDialog } from "@/components/targets/node-pool-dialog";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Panel } from "@/components/ui/panel";
import { SkeletonText } from "@/components/ui/skeleton";
import { Status } from "@/components/ui/status";
import { fetchJson, LIMIT_MS } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { NodePoolDto } from "@/lib/targets-catalogue/node-pools";
import type { TargetDetailDto } from "@/lib/targets-catalogue/schema";

/** What Karpenter may make machines from on a cluster, and the way to another pool. */
export function NodePoolsPanel({ target }: { target: TargetDetailDto }) {
  const client = useQueryClient();
  const [adding, setAdding] = useState(false);
  const queryKey = [...keys.targets, target.slug, "node-pools"];
  const pools = useQuery({ queryKey, queryFn: ({ signal }) => fetchJson<{ items: NodePoolDto[] }>(`/api/v1/targets/${target.slug}/node-pools`, { signal, limitMs: LIMIT_MS.elsewhere }) });
  const items = pools.data?.items ?? [];
  return (
    <Panel title="Node pools" description="What Karpenter may make machines from, and how many" actions={<Button size="sm" onClick={() => setAdding(true)}><Plus aria-hidden />New pool</Button>}>
      {pools.isError && !pools.data ? <ErrorState className="py-6!" title="The node pools could not be read" reason={asProblem(pools.error).detail} onRetry={() => void pools.refetch()} />
        : pools.isPending ? <div role="status" aria-label="Loading"><SkeletonText lines={3} /></div>
        : items.length === 0 ? <p className="text-sm text-ink-muted">None. Replicas that ask for spot or for a GPU wait until a pool can make such a machine.</p>
        : <ul className="grid divide-y divide-line">{items.map((p) => <Pool key={p.name} pool={p} />)}</ul>}
      <NodePoolDialog target={target} open={adding} onOpenChange={setAdding} onApplied={(next) => client.setQueryData(queryKey, { items: next })} />
    </Panel>
  );
}

function Pool({ pool: p }: { pool: NodePoolDto }) {
  const limits = Object.entries(p.limits ?? {});
  return (
    <li className="grid gap-x-6 gap-y-1 py-3 first:pt-0 last:pb-0 sm:grid-cols-[minmax(0,1fr)_auto]">
      <div className="grid min-w-0 gap-0.5">
        <p className="flex flex-wrap items-center gap-2"><span className="min-w-0 break-all font-mono">{p.name}</span>{p.own ? <Badge tone="accent">by Slipway</Badge> : null}{p.capacityTypes.map((c) => <Badge key={c}>{c}</Badge>)}</p>
        <p className="text-sm text-ink-muted">{p.instanceTypes.length === 0 ? "Any instance type" : p.instanceTypes.join(", ")}{" · "}{limits.length === 0 ? "no limit" : limits.map(([name, most]) => `${p.used?.[name] ?? "0"} of ${most} ${name}`).join(", ")}</p>
        {p.message ? <p className="text-sm text-ink-muted wrap-anywhere">{p.message}</p> : null}
      </div>
      <Status size="sm" state={p.ready === null ? "stopped" : p.ready ? "ready" : "warning"}>{p.ready === null ? "Unknown" : p.ready ? "Ready" : "Not ready"}</Status>
    </li>
  );
}
