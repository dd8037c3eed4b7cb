"use client";
import { asProblem } from "@/components/form/as-problem";
import { ProblemNotice } from "@/components/form/problem-notice";
import { CostSourceForm } from "@/components/targets/cost-source-form";
import { useTargetSource } from "@/components/targets/use-target-source";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { KeyValueList } from "@/components/ui/key-value-list";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonText } from "@/components/ui/skeleton";
import { Status } from "@/components/ui/status";
import type { CostSourceDto } from "@/lib/costs/sources/schema";
import { formatMoney } from "@/lib/format/money";

/** Kubecost or OpenCost of a cluster: how it fares, what it said in the last week, and its settings. */
export function CostSourcePanel({ target, local, mayManage }: { target: string; local: boolean; mayManage: boolean }) {
  const { source, path, problem, busy, editing, edit, cancel, check, forget, saved } = useTargetSource<CostSourceDto>(target, "cost-source", { forgotten: "The cost source is forgotten; what it said stays", refetchMs: 60_000 });
  const s = source.data;
  return (
    <Panel title="Cost source" description="What its deployments really cost, to hold against replica time × price"
      actions={mayManage && s && !editing ? <span className="flex gap-2">{s.kind !== "replica-time" ? <><Button size="sm" loading={busy} onClick={() => void check()}>Check costs</Button><Button size="sm" onClick={() => void forget()}>Forget</Button></> : null}<Button size="sm" onClick={edit}>{s.kind === "replica-time" ? "Set a cost source" : "Change"}</Button></span> : null}>
      {source.isError && !s ? <ErrorState className="py-6!" title="The cost source could not be read" reason={asProblem(source.error).detail} onRetry={() => void source.refetch()} />
        : !s ? <div role="status" aria-label="Loading"><SkeletonText lines={3} /></div>
        : editing ? <CostSourceForm path={path} source={s} onSaved={saved} onCancel={cancel} />
        : s.kind === "replica-time" ? <p className="text-sm text-ink-muted">{local ? "Nobody bills this machine: its cost is replica time × the profile's price, an estimate." : "None. Costs here are replica time × the profile's price. With Kubecost or OpenCost they are held against what the cluster measured."}</p>
        : <Health source={s} />}
      <ProblemNotice problem={problem} />
    </Panel>
  );
}

function Health({ source: { kind, health, checkedAt, collection: c, settings, lastWeek } }: { source: CostSourceDto }) {
  const money = (usd: number | null) => <span className="figure">{formatMoney(usd, "unknown")}</span>;
  return (
    <div className="grid gap-3">
      {health ? <p className="flex flex-wrap items-baseline gap-x-2 text-sm"><Status state={health.ok ? (health.deployments === 0 ? "warning" : "ready") : "failed"}>{health.ok ? "Answers" : "No answer"}</Status>{health.ok && health.deployments !== 0 ? null : <span>{health.message}</span>}{checkedAt ? <span className="text-ink-muted">checked <RelativeTime time={checkedAt} /></span> : null}</p> : null}
      {c?.error ? <p className="text-sm"><Status state="warning">Collection waits</Status> <span>{c.error} What was collected before stays{c.lastAt ? <>, as of <RelativeTime time={c.lastAt} /></> : null}.</span></p> : null}
      <KeyValueList items={[
        { label: "Tool", value: kind === "kubecost" ? "Kubecost" : "OpenCost" },
        ...(settings ? [{ label: "Address", value: <span className="wrap-anywhere">{settings.url}</span>, mono: true }, { label: "Header", value: settings.headerSet ? settings.headerName : "none" }] : []),
        ...(c ? [{ label: "Collected", value: c.lastAt ? <><RelativeTime time={c.lastAt} />, {c.days} {c.days === 1 ? "day" : "days"} on file</> : "not yet; the worker begins within a minute" }] : []),
        ...(health?.deployments ? [{ label: "Deployments", value: `${health.deployments} in the last two hours` }] : []),
        ...(lastWeek ? [{ label: "Last 7 days", value: <>{money(lastWeek.deployments)} ours; idle {money(lastWeek.idle)}; other {money(lastWeek.other)}</> }] : []),
      ]} />
      {health?.notes.length ? <ul className="grid gap-1 text-sm text-ink-muted">{health.notes.map((n) => <li key={n}>{n}</li>)}</ul> : null}
    </div>
  );
}
