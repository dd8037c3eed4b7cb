"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem } from "@/components/form/as-problem";
import { ProblemNotice } from "@/components/form/problem-notice";
import { useProblem } from "@/components/form/use-problem";
import { MetricsSourceForm } from "@/components/targets/metrics-source-form";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { KeyValueList } from "@/components/ui/key-value-list";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonText } from "@/components/ui/skeleton";
import { Status } from "@/components/ui/status";
import { toast } from "@/components/ui/toast";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import { formatCount } from "@/lib/format/number";
import type { MetricsSourceDto } from "@/lib/observability/sources/schema";

/** Where a target's measures come from, how that source fares, and its settings. */
export function MetricsSourcePanel({ target, mayManage }: { target: string; mayManage: boolean }) {
  const client = useQueryClient();
  const path = `/api/v1/targets/${target}/metrics-source`;
  const queryKey = [...keys.targets, target, "metrics-source"];
  const source = useQuery({ queryKey, queryFn: ({ signal }) => fetchJson<MetricsSourceDto>(path, { signal }) });
  const [editing, setEditing] = useState(false);
  const [busy, setBusy] = useState(false);
  const { problem, attempt } = useProblem(() => undefined, []);
  const act = (method: "POST" | "DELETE") => attempt(async () => {
    setBusy(true);
    try {
      const next = await fetchJson<MetricsSourceDto | null>(method === "POST" ? `${path}/check` : path, { method });
      if (method === "DELETE") toast.success("The metrics source is forgotten");
      if (method === "POST") client.setQueryData(queryKey, next);
      else await source.refetch();
    } finally {
      setBusy(false);
    }
  });
  const s = source.data;
  const saved = (next: MetricsSourceDto) => {
    client.setQueryData(queryKey, next);
    setEditing(false);
  };
  return (
    <Panel title="Metrics source" description="Where latency, traffic, errors and utilisation of its deployments come from"
      actions={mayManage && s && !editing ? <span className="flex gap-2">{s.kind === "prometheus" ? <><Button size="sm" loading={busy} onClick={() => void act("POST")}>Check source</Button><Button size="sm" onClick={() => void act("DELETE")}>Forget</Button></> : null}<Button size="sm" onClick={() => setEditing(true)}>{s.kind === "none" ? "Set a source" : "Change"}</Button></span> : null}>
      {source.isError && !s ? <ErrorState className="py-6!" title="The source could not be read" reason={asProblem(source.error).detail} onRetry={() => void source.refetch()} />
        : !s ? <div role="status" aria-label="Loading"><SkeletonText lines={3} /></div>
        : editing ? <MetricsSourceForm path={path} source={s} onSaved={saved} onCancel={() => setEditing(false)} />
        : s.kind === "embedded" ? <p className="text-sm text-ink-muted">Slipway samples this machine&apos;s replicas itself.</p>
        : s.kind === "none" ? <p className="text-sm text-ink-muted">No source. Deployments here show no measures until one is set: Prometheus, Amazon Managed Prometheus, Thanos or Mimir.</p>
        : <Health source={s} />}
      <ProblemNotice problem={problem} />
    </Panel>
  );
}

function Health({ source: { health, checkedAt, settings } }: { source: MetricsSourceDto }) {
  return (
    <div className="grid gap-3">
      {health ? <p className="flex flex-wrap items-baseline gap-x-2 text-sm"><Status state={health.ok ? "ready" : "failed"}>{health.ok ? "Answers" : "No answer"}</Status>{health.ok ? null : <span>{health.message}</span>}{checkedAt ? <span className="text-ink-muted">checked <RelativeTime time={checkedAt} /></span> : null}</p> : null}
      <KeyValueList items={[
        ...(settings ? [{ label: "Address", value: <span className="wrap-anywhere">{settings.url}</span>, mono: true }, { label: "Signs in by", value: { none: "nothing", bearer: "token", basic: `password of ${settings.user}`, sigv4: `AWS, ${settings.region}` }[settings.auth] }] : []),
        ...(health?.found ?? []).map((f) => ({ label: f.name, value: f.series === null ? "could not be asked" : f.series === 0 ? `not there: no ${f.gives}` : `${formatCount(f.series)} series: ${f.gives}` })),
      ]} />
    </div>
  );
}
