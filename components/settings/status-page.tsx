"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";
import { ErrorState } from "@/components/ui/error-state";
import { KeyValueList } from "@/components/ui/key-value-list";
import { Meter } from "@/components/ui/meter";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonText } from "@/components/ui/skeleton";
import { StaleBanner } from "@/components/ui/stale-banner";
import { Status } from "@/components/ui/status";
import { isLate, troublesOf } from "@/components/settings/status-troubles";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import { formatBytes } from "@/lib/format/bytes";
import { formatDurationMs, formatDurationSeconds } from "@/lib/format/duration";
import { formatCount } from "@/lib/format/number";
import type { StatusDto } from "@/lib/health/schema";

const REFRESH_MS = 10_000;

/** How Slipway itself fares, for who runs it. */
export function StatusPage() {
  const query = useQuery({ queryKey: keys.status, queryFn: ({ signal }) => fetchJson<StatusDto>("/api/v1/status", { signal }), refetchInterval: REFRESH_MS });
  const s = query.data;
  if (!s) return query.isError ? <ErrorState title="The status could not be read" reason={query.error.message} onRetry={() => void query.refetch()} retrying={query.isFetching} /> : <div role="status" aria-label="Loading"><SkeletonText lines={8} /></div>;
  const nowMs = Date.parse(s.at);
  const troubles = troublesOf(s);
  return (
    <>
      <PageHeader title="Status" meta={<span>as of <RelativeTime time={s.at} /></span>} />
      {query.isError ? <StaleBanner since={<RelativeTime time={query.dataUpdatedAt} />} reason={query.error.message} onRetry={() => void query.refetch()} retrying={query.isFetching} /> : null}
      {troubles.length === 0 ? <Notice state="ready" title="Everything that is watched here is well" /> : <Notice state="warning" title={troubles.length === 1 ? "One thing needs attention" : `${troubles.length} things need attention`}><ul className="grid gap-0.5">{troubles.map((t) => <li key={t}>{t}</li>)}</ul></Notice>}
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <Panel title="Processes" description="Each writes every 10 s that it lives" flush>
          <Rows label="Processes" wide={[1, 2]} head={["Process", "Host", "Started", "Heard of"]} rows={s.processes.map((p) => [<Status key="s" state={p.alive ? "ready" : "failed"} size="sm">{p.kind}{p.alive ? "" : ", gone"}</Status>, <span key="h" className="font-mono wrap-anywhere">{p.host}:{p.pid}</span>, <RelativeTime key="a" time={p.startedAt} nowMs={nowMs} />, <RelativeTime key="b" time={p.seenAt} nowMs={nowMs} />])} empty="No process has written yet." />
        </Panel>
        <Panel title="What waits for a worker" flush>
          <Rows label="Queues" numeric={[1, 2]} head={["Queue", "Waiting", "Oldest"]} rows={s.queues.map((q) => [q.name, formatCount(q.waiting), q.oldestSeconds === null ? "nothing waits" : formatDurationSeconds(q.oldestSeconds)])} empty="" />
        </Panel>
        <Panel title="Database and disk">
          <div className="grid gap-3">
            <KeyValueList items={[{ label: "PostgreSQL", value: s.database.version, mono: true }, { label: "Answers in", value: formatDurationMs(s.database.answerMs) }, { label: "Size", value: formatBytes(s.database.sizeBytes) }, { label: "Connections", value: `${s.database.connections} of ${s.database.maxConnections}` }, { label: "Gateway of this machine", value: s.readiness.gateway === "ok" ? "answers" : "does not answer" }]} />
            {s.disk ? <Meter label="Disk of the data directory" value={1 - s.disk.freeBytes / s.disk.totalBytes} valueText={`${formatBytes(s.disk.freeBytes)} free of ${formatBytes(s.disk.totalBytes)}`} tone={s.disk.freeBytes / s.disk.totalBytes < 0.1 ? "warning" : "utilisation"} /> : <p className="text-sm text-ink-muted">The disk could not be asked.</p>}
          </div>
        </Panel>
        <Panel title="Metrics sources" description="By their last check; this machine is sampled by Slipway itself" flush>
          <Rows label="Metrics sources" wide={[1]} head={["Target", "Kind", "State", "Checked"]} rows={s.sources.map((x) => [x.target, x.kind, x.ok === null ? "never checked" : <Status key="s" state={x.ok ? "ready" : "failed"} size="sm">{x.ok ? "Answers" : (x.message ?? "No answer")}</Status>, x.checkedAt ? <RelativeTime key="t" time={x.checkedAt} nowMs={nowMs} /> : "never"])} empty="No cluster has one." />
        </Panel>
        <Panel title="Periodic jobs" description="One worker at a time runs them; sweep and partitions enforce what is kept" flush className="xl:col-span-2">
          <Rows label="Periodic jobs" numeric={[1, 3]} wide={[1, 3]} head={["Job", "Every", "Last run", "Took", "State"]} rows={s.jobs.map((j) => [j.name, formatDurationSeconds(j.everySeconds), <RelativeTime key="t" time={j.finishedAt} nowMs={nowMs} />, j.tookMs < 1 ? "under 1 ms" : formatDurationMs(j.tookMs), j.error === null ? <Status key="s" state={isLate(j, s.at) ? "warning" : "ready"} size="sm">{isLate(j, s.at) ? "Late" : "Well"}</Status> : <span key="s"><Status state="failed" size="sm">{j.error}</Status>{j.succeededAt ? <span className="ml-2 text-ink-muted">well <RelativeTime time={j.succeededAt} nowMs={nowMs} /></span> : null}</span>])} empty="No worker has run one yet." />
        </Panel>
      </div>
    </>
  );
}

/** `numeric`: columns of figures, set right. `wide`: columns that a small screen does without. */
function Rows({ label, head, rows, empty, numeric = [], wide = [] }: { label: string; head: string[]; rows: ReactNode[][]; empty: string; numeric?: number[]; wide?: number[] }) {
  const side = (n: number) => cx(numeric.includes(n) ? "text-right" : "text-left", wide.includes(n) && "hidden sm:table-cell");
  if (rows.length === 0) return <p className="border-t border-line px-4 py-3 text-sm text-ink-muted">{empty}</p>;
  return (
    <div tabIndex={0} role="region" aria-label={label} className="overflow-x-auto border-t border-line focus-visible:-outline-offset-2">
      <table className="w-full text-sm">
        <thead><tr>{head.map((h, n) => <th key={h} scope="col" className={cx(side(n), "px-3 py-1.5 text-xs font-medium whitespace-nowrap text-ink-muted first:pl-4 last:pr-4")}>{h}</th>)}</tr></thead>
        <tbody>{rows.map((cells, i) => <tr key={i}>{cells.map((c, n) => <td key={n} className={cx(side(n), "border-t border-line px-3 py-1.5 whitespace-nowrap tabular first:pl-4 last:pr-4")}>{c}</td>)}</tr>)}</tbody>
      </table>
    </div>
  );
}
