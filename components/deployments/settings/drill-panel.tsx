"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { againIfFailed } from "@/components/query/should-retry";
import { asProblem } from "@/components/form/as-problem";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ErrorState } from "@/components/ui/error-state";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { Status } from "@/components/ui/status";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { DrillDto } from "@/lib/drills/schema";
import { formatDurationSeconds } from "@/lib/format/duration";

type Props = { project: string; slug: string; mayDrill: boolean; ready: boolean; nowMs: number };

/** What a lost node costs a deployment, measured by taking one away on purpose. */
export function DrillPanel({ project, slug, mayDrill, ready, nowMs }: Props) {
  const client = useQueryClient();
  const [asking, setAsking] = useState(false);
  const path = `/api/v1/projects/${project}/deployments/${slug}/drills`;
  const queryKey = [...keys.deployment(project, slug), "drills"];
  const drills = useQuery({
    queryKey, queryFn: ({ signal }) => fetchJson<{ items: DrillDto[] }>(path, { signal }),
    refetchInterval: (q) => (q.state.data?.items.some((d) => d.state === "running") ? 1000 : againIfFailed(q)),
  });
  const items = drills.data?.items ?? [];
  const running = items.some((d) => d.state === "running");
  const start = async () => {
    await fetchJson(path, { body: { confirm: slug } });
    await client.invalidateQueries({ queryKey });
  };
  return (
    <Panel title="Interruption drill" description="What a lost node costs, measured by draining one" actions={mayDrill ? <Button size="sm" disabled={!ready || running} onClick={() => setAsking(true)}>Drain a node…</Button> : undefined}>
      {drills.isError && !drills.data ? <ErrorState className="py-6!" title="The drills could not be read" reason={asProblem(drills.error).detail} onRetry={() => void drills.refetch()} />
        : items.length === 0 ? <p className="text-sm text-ink-muted">None yet.{mayDrill ? "" : " A platform person can start one."}</p>
        : <ol className="grid divide-y divide-line">{items.map((d) => <Drill key={d.id} drill={d} nowMs={nowMs} />)}</ol>}
      <ConfirmDialog open={asking} onOpenChange={setAsking} title={`Drain a node of ${slug}?`} confirmLabel="Drain the node" typeToConfirm={slug} onConfirm={start}>
        <p>The node with most of its ready replicas takes nothing new, and they are evicted within their disruption budget, as in a spot interruption. With a single replica nobody is served until another one is ready.</p>
        <p>Pods of other deployments stay. The node is given back at the end.</p>
      </ConfirmDialog>
    </Panel>
  );
}

const STEP_WORDS: Record<DrillDto["step"], string> = { cordon: "choosing a node", evict: "evicting", recover: "waiting for the new replicas", uncordon: "giving the node back", over: "over" };

function Drill({ drill: d, nowMs }: { drill: DrillDto; nowMs: number }) {
  const state = d.state === "running" ? "progressing" : d.state === "done" ? "ready" : "failed";
  const figures = [
    ...(d.recoverySeconds === null ? [] : [`recovered in ${formatDurationSeconds(d.recoverySeconds)}`]),
    ...(d.unservedSeconds === null ? [] : [d.unservedSeconds === 0 ? "served all the time" : `not served for ${formatDurationSeconds(d.unservedSeconds)}`]),
    ...(d.node === null ? [] : [`${d.replicasTaken} ${d.replicasTaken === 1 ? "replica" : "replicas"} left ${d.node}`]), ...(d.newReplica === null ? [] : [`newest replica ${d.newReplica} on ${d.newNode ?? "an unknown node"}`]),
  ];
  return (
    <li className="grid gap-0.5 py-2.5 first:pt-0 last:pb-0">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1"><Status state={state} size="sm">{d.state === "running" ? `Running: ${STEP_WORDS[d.step]}` : d.state === "done" ? "Done" : "Failed"}</Status><span className="text-sm text-ink-muted">by {d.requestedBy}, <RelativeTime time={d.startedAt} nowMs={nowMs} /></span></p>
      {figures.length > 0 ? <p className="text-sm text-ink wrap-anywhere first-letter:uppercase">{figures.join(", ")}.</p> : null}
      {d.blockedBy ? <p className="text-sm text-ink-muted wrap-anywhere">A disruption budget holds it back: {d.blockedBy}</p> : null}
      {d.failure ? <p className="text-sm text-failed wrap-anywhere">{d.failure}</p> : null}
    </li>
  );
}
