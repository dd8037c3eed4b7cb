"use client";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { AppliedList } from "@/components/costs/applied-list";
import { asProblem } from "@/components/form/as-problem";
import { ProblemNotice } from "@/components/form/problem-notice";
import { useProblem } from "@/components/form/use-problem";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Panel } from "@/components/ui/panel";
import { SkeletonText } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { AdviceItem, DeploymentAdvice } from "@/lib/advice/schema";
import { formatMoneyPerMonth } from "@/lib/format/money";
import { formatDurationMs } from "@/lib/format/duration";
import { formatCount, formatPercent } from "@/lib/format/number";

const BUSY_BY = { computing: "compute time", requests: "requests in work", cores: "cores in use", gpu: "GPUs at work" } as const;
const CONFIDENCE = { high: "Sure", medium: "Likely", low: "A first guess" } as const;

/** What would make the deployment cheaper, from what was measured of it; and what came of advice that was taken. `serving`: the revision that serves; another one is asked about anew. */
export function AdvicePanel({ project, slug, serving, mayWrite }: { project: string; slug: string; serving: number | null; mayWrite: boolean }) {
  const client = useQueryClient();
  const path = `/api/v1/projects/${encodeURIComponent(project)}/deployments/${encodeURIComponent(slug)}/advice`;
  const queryKey = [...keys.deployment(project, slug), "advice", serving];
  const advice = useQuery({ queryKey, placeholderData: keepPreviousData, queryFn: ({ signal }) => fetchJson<DeploymentAdvice>(path, { signal }), refetchInterval: 300_000 });
  const [busy, setBusy] = useState<string | null>(null);
  const { problem, attempt } = useProblem(() => undefined, []);
  const apply = (item: AdviceItem, etag: string) => attempt(async () => {
    setBusy(item.kind);
    try {
      const answer = await fetchJson<{ approval?: unknown }>(`${path}/${item.kind}/apply`, { method: "POST", ifMatch: etag });
      toast.success(answer.approval ? "The change waits for approval" : "Applied; what it saves is followed here");
    } finally {
      setBusy(null);
      await client.invalidateQueries({ queryKey: keys.deployment(project, slug) });
    }
  });
  const a = advice.data;
  return (
    <Panel title="Advice" description="From the last 14 days of its measures">
      {advice.isError && !a ? <ErrorState className="py-6!" title="The advice could not be read" reason={asProblem(advice.error).detail} onRetry={() => void advice.refetch()} />
        : !a ? <div role="status" aria-label="Loading"><SkeletonText lines={3} /></div>
        : (
          <div className="grid gap-4">
            {a.items.length > 0 ? <ul className="grid divide-y divide-line">{a.items.map((item) => <li key={item.kind} className="py-3 first:pt-0 last:pb-0"><Item item={item} apply={mayWrite ? () => void apply(item, a.etag) : null} busy={busy === item.kind} disabled={busy !== null} /></li>)}</ul>
              : a.withheld.length === 0 ? <p className="text-sm text-ink-muted">Nothing to advise: what runs is about what is used.</p> : null}
            {a.withheld.length > 0 ? <div className="text-sm text-ink-muted"><p>{a.items.length > 0 ? "Not advised on for want of:" : a.observed ? "No advice yet. Missing:" : "No advice:"}</p><ul className="mt-1 list-disc pl-5">{a.withheld.map((w) => <li key={w}>{w}</li>)}</ul></div> : null}
            {a.observed ? <Data o={a.observed} /> : null}
            {a.applied.length > 0 ? <AppliedList applied={a.applied} /> : null}
          </div>
        )}
      <ProblemNotice problem={problem} />
    </Panel>
  );
}

function Item({ item, apply, busy, disabled }: { item: AdviceItem; apply: (() => void) | null; busy: boolean; disabled: boolean }) {
  return (
    <div className="grid gap-x-6 gap-y-2 sm:grid-cols-[minmax(0,1fr)_auto]">
      <div className="grid gap-1">
        <h3 className="flex flex-wrap items-center gap-2 text-base font-medium">{item.title}<Badge tone={item.confidence === "low" ? "stopped" : "neutral"}>{CONFIDENCE[item.confidence]}</Badge></h3>
        <p className="text-sm text-ink-muted">{item.why}</p>
        <p className="text-sm text-ink-muted"><span className="font-medium text-ink">Expected p95:</span> {item.expectedP95.seconds === null ? null : <span className="figure">{formatDurationMs(item.expectedP95.seconds * 1000)}. </span>}{item.expectedP95.text}</p>
        <p className="text-xs text-ink-faint">{item.confidenceText}</p>
      </div>
      <div className="flex items-center justify-between gap-3 sm:grid sm:content-start sm:justify-items-end">
        <span className="text-sm whitespace-nowrap"><span className="text-ink-muted">saves </span><span className="figure text-base font-medium">{formatMoneyPerMonth(item.monthlySavingUsd)}</span></span>
        {apply ? <Button size="sm" loading={busy} disabled={disabled} onClick={apply} aria-label={`Apply: ${item.title}`}>Apply</Button> : null}
      </div>
    </div>
  );
}

/** What the advice rests on, one click away. */
function Data({ o }: { o: NonNullable<DeploymentAdvice["observed"]> }) {
  const of = (used: number | null, have: number, unit: string) => (used === null ? "unknown" : `${Number(used.toPrecision(2))} of ${Number(have.toPrecision(3))} ${unit}`);
  const facts = [
    ["Measured", `${o.days.toFixed(1)} days, ${o.predictions === null ? "predictions unknown" : `${formatCount(o.predictions)} predictions`}`], ["Read from", o.source === "embedded" ? "Slipway’s own measures" : "the target’s metrics source"],
    ["Cores, busiest quarter of an hour", of(o.peakCpuCores, o.cpuCores, "cores")], ["Replicas at work at once", o.peakBusy === null ? "unknown" : `${Number(o.peakBusy.toPrecision(2))}, by ${BUSY_BY[o.busyBy ?? "computing"]}`],
    ...(o.gpu ? [["GPUs at work at once", of(o.gpu.peakBusy, o.gpu.count, o.gpu.name)], ["GPU memory at most", o.gpu.memoryMibEach === null ? (o.gpu.peakMemoryMib === null ? "unknown" : `${Math.round(o.gpu.peakMemoryMib)} MiB`) : of(o.gpu.peakMemoryMib, o.gpu.memoryMibEach, "MiB")]] : []),
    ["Memory at most", of(o.peakMemoryMib, o.memoryMib, "MiB")], ["Quiet", o.quietShare === null ? "unknown" : `${formatPercent(o.quietShare)} of the time`], ["Replicas", o.replicas === null ? "unknown" : `${Number(o.replicas.toPrecision(2))} on average`], ["p95", o.p95Seconds === null ? "unknown" : formatDurationMs(o.p95Seconds * 1000)],
  ];
  return (
    <details className="text-sm">
      <summary className="w-fit cursor-pointer text-ink-muted hover:text-ink">The data behind it</summary>
      <dl className="mt-2 grid gap-x-6 gap-y-1 sm:grid-cols-2">{facts.map(([label, value]) => <div key={label} className="flex justify-between gap-3"><dt className="text-ink-muted">{label}</dt><dd className="figure text-right">{value}</dd></div>)}</dl>
    </details>
  );
}
