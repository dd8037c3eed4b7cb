"use client";
import { asProblem } from "@/components/form/as-problem";
import { ProblemNotice } from "@/components/form/problem-notice";
import { MetricsSourceForm } from "@/components/targets/metrics-source-form";
import { useTargetSource } from "@/components/targets/use-target-source";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { KeyValueList } from "@/components/ui/key-value-list";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonText } from "@/components/ui/skeleton";
import { Status } from "@/components/ui/status";
import { formatCount } from "@/lib/format/number";
import type { MetricsSourceDto } from "@/lib/observability/sources/schema";

/** Where a target's measures come from, how that source fares, and its settings. */
export function MetricsSourcePanel({ target, mayManage }: { target: string; mayManage: boolean }) {
  const { source, path, problem, busy, editing, edit, cancel, check, forget, saved } = useTargetSource<MetricsSourceDto>(target, "metrics-source", { forgotten: "The metrics source is forgotten" });
  const s = source.data;
  return (
    <Panel title="Metrics source" description="Where latency, traffic, errors and utilisation of its deployments come from"
      actions={mayManage && s && !editing ? <span className="flex gap-2">{s.kind === "prometheus" || s.kind === "datadog" ? <><Button size="sm" loading={busy} onClick={() => void check()}>Check source</Button><Button size="sm" onClick={() => void forget()}>Forget</Button></> : null}<Button size="sm" onClick={edit}>{s.kind === "none" ? "Set a source" : "Change"}</Button></span> : null}>
      {source.isError && !s ? <ErrorState className="py-6!" title="The source could not be read" reason={asProblem(source.error).detail} onRetry={() => void source.refetch()} />
        : !s ? <div role="status" aria-label="Loading"><SkeletonText lines={3} /></div>
        : editing ? <MetricsSourceForm path={path} source={s} onSaved={saved} onCancel={cancel} />
        : s.kind === "embedded" ? <p className="text-sm text-ink-muted">Slipway samples this machine&apos;s replicas itself.</p>
        : s.kind === "none" ? <p className="text-sm text-ink-muted">No source. Deployments here show no measures until one is set: Prometheus, Amazon Managed Prometheus, Thanos, Mimir or Datadog.</p>
        : <Health source={s} />}
      <ProblemNotice problem={problem} />
    </Panel>
  );
}

function Health({ source: { kind, health, checkedAt, settings } }: { source: MetricsSourceDto }) {
  return (
    <div className="grid gap-3">
      {health ? <p className="flex flex-wrap items-baseline gap-x-2 text-sm"><Status state={health.ok ? "ready" : "failed"}>{health.ok ? "Answers" : "No answer"}</Status>{health.ok ? null : <span>{health.message}</span>}{checkedAt ? <span className="text-ink-muted">checked <RelativeTime time={checkedAt} /></span> : null}</p> : null}
      <KeyValueList items={[
        { label: "Kind", value: kind === "datadog" ? `Datadog${settings?.site ? `, ${settings.site}` : ""}` : "Prometheus" },
        ...(settings ? [{ label: "Address", value: <span className="wrap-anywhere">{settings.url}</span>, mono: true }, { label: "Signs in by", value: { none: "nothing", bearer: "token", basic: `password of ${settings.user}`, sigv4: `AWS, ${settings.region}`, keys: "API key and application key" }[settings.auth] }] : []),
        ...(health?.found ?? []).map((f) => ({ label: f.name, value: f.series === null ? "could not be asked" : f.series === 0 ? `not there: no ${f.gives}` : kind === "datadog" ? `from ${formatCount(f.series)} ${f.series === 1 ? "namespace" : "namespaces"}: ${f.gives}` : `${formatCount(f.series)} series: ${f.gives}` })),
      ]} />
    </div>
  );
}
