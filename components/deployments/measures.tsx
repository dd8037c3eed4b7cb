"use client";
import { Download } from "lucide-react";
import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useCallback, useState } from "react";
import { csvOfCharts } from "@/components/charts/csv-of-charts";
import { MarkLegend } from "@/components/charts/mark-legend";
import type { MarkKind } from "@/components/charts/series";
import { againstIn, againstOut, againstWords, withGhost } from "@/components/deployments/compare-series";
import { alertMarks, marksOf, restartMarks } from "@/components/deployments/event-marks";
import { MeasuresElsewhere } from "@/components/deployments/measures-elsewhere";
import { spanOf, spanOfDrag, type Span } from "@/components/deployments/measure-range";
import { chartsOf, MetricCharts } from "@/components/deployments/metric-charts";
import { MetricTiles } from "@/components/deployments/metric-tiles";
import { firstWindow, METRIC_WINDOWS, WINDOW_WORDS } from "@/components/deployments/metric-window";
import { RangeControls } from "@/components/deployments/range-controls";
import { useAlertMarks, useCompared, useDeploymentCost, useMetrics, useNewestEvents } from "@/components/deployments/use-deployment-measures";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";
import { Select } from "@/components/ui/select";
import { StaleBanner } from "@/components/ui/stale-banner";
import { deploymentHref } from "@/lib/api-client/hrefs";
import { formatDurationSeconds } from "@/lib/format/duration";
import type { Elsewhere } from "@/lib/observability/elsewhere";
import type { Metrics } from "@/lib/observability/metrics-source";

const ALL = "all";
const NONE = "none";
const inUrl = { window: parseAsStringLiteral(METRIC_WINDOWS), revision: parseAsInteger, from: parseAsInteger, to: parseAsInteger, against: parseAsString };

/** Figures and charts of a time, and what they are held against; all of it part of the address. */
export function Measures({ project, slug, createdAt, serving, nowMs, elsewhere, saidStale }: { project: string; slug: string; /** Of the deployment. */ createdAt: string; /** It has replicas that should be measured. */ serving: boolean; nowMs: number; elsewhere: Elsewhere; /** The page says already that it is not up to date. */ saidStale: boolean }) {
  const [{ window: wished, revision, from, to, against: asked }, setUrl] = useQueryStates(inUrl, { history: "push" });
  const window = wished ?? firstWindow(createdAt, nowMs);
  const [hidden, setHidden] = useState<MarkKind[]>([]);
  const span = spanOf(from, to);
  const against = againstIn(asked);
  const measured = useMetrics(project, slug, window, revision, span);
  const events = useNewestEvents(project, slug);
  const alerts = useAlertMarks(project, slug);
  const cost = useDeploymentCost(project, slug);
  const m = measured.data;
  const length = m ? m.to - m.from : 0;
  const compared = useCompared(project, slug, m && against ? {
    span: against.kind === "before" ? { from: m.from - length, to: m.from } : { from: m.from, to: m.to }, stepSeconds: m.stepSeconds, revision: against.kind === "before" ? revision : against.revision,
  } : null);
  const stepSeconds = m?.stepSeconds ?? 0;
  const choose = useCallback((next: Span | null) => void setUrl({ from: next?.from ?? null, to: next?.to ?? null }), [setUrl]);
  const zoom = useCallback((fromMs: number, toMs: number) => choose(spanOfDrag(fromMs, toMs, stepSeconds)), [choose, stepSeconds]);
  const revisions = [...new Set([...(m?.revisions ?? []), ...(revision === null ? [] : [revision]), ...(against?.kind === "revision" ? [against.revision] : [])])].sort((a, b) => b - a);
  const marks = m ? [...marksOf(events.data?.items ?? [], m.from * 1000, m.to * 1000), ...alertMarks(alerts.data?.items ?? [], m.from * 1000, m.to * 1000), ...restartMarks(m.series.restarts)] : [];
  const other = m && against && compared.data ? chartsOf(compared.data) : [];
  // What is compared begins where its own answer begins: moved by exactly that, it lies on the steps of the axis.
  const shiftMs = m && compared.data && against?.kind === "before" ? (m.from - compared.data.from) * 1000 : 0;
  const charts = m ? chartsOf(m).map((c) => ({ ...c, series: withGhost(c.series, other.find((o) => o.title === c.title)?.series ?? [], against ? againstWords(against) : "", shiftMs) })) : undefined;
  const save = () => {
    if (!m || !charts) return;
    const url = URL.createObjectURL(new Blob([csvOfCharts(charts)], { type: "text/csv" }));
    Object.assign(document.createElement("a"), { href: url, download: `${project}-${slug}-${new Date(m.from * 1000).toISOString().slice(0, 16).replace(":", "")}.csv` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 0);
  };
  return (
    <section aria-labelledby="measures" className="grid gap-4">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="flex items-baseline gap-2"><h2 id="measures" className="text-lg font-semibold">Measures</h2>{m ? <span className="text-sm text-ink-muted">{m.asOf === null ? (span ? "nothing measured then" : "nothing measured yet") : span ? null : <>as of <RelativeTime time={m.asOf * 1000} nowMs={nowMs} /></>}</span> : null}</div>
        <RangeControls window={window} span={span} shown={m ? { from: m.from, to: m.to } : null} onWindow={(v) => void setUrl({ window: v, from: null, to: null })} onSpan={choose} />
      </div>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <MarkLegend marks={marks} hidden={hidden} onToggle={(kind) => setHidden(hidden.includes(kind) ? hidden.filter((k) => k !== kind) : [...hidden, kind])} />
        <div className="ml-auto flex flex-wrap items-center gap-2">
          {revisions.length > 1 || revision !== null ? <div className="w-36"><Select aria-label="Revision" value={revision === null ? ALL : String(revision)} onValueChange={(v) => void setUrl({ revision: v === ALL ? null : Number(v) })} options={[{ value: ALL, label: "All revisions" }, ...revisions.map((n) => ({ value: String(n), label: `Revision ${n}` }))]} /></div> : null}
          <div className="w-44"><Select aria-label="Compare with" value={against ? againstOut(against) : NONE} onValueChange={(v) => void setUrl({ against: v === NONE ? null : v })} options={[{ value: NONE, label: "Compare with…" }, { value: "before", label: "The time before" }, ...revisions.filter((n) => n !== revision).map((n) => ({ value: `r${n}`, label: `Revision ${n}` }))]} /></div>
          <Button onClick={save} disabled={!charts} title="The figures of all charts, as shown"><Download aria-hidden />CSV</Button>
        </div>
      </div>
      {m && measured.isError && !saidStale ? <StaleBanner since={<RelativeTime time={measured.dataUpdatedAt} />} reason={measured.error.message} onRetry={() => void measured.refetch()} retrying={measured.isFetching} /> : null}
      {m && !measured.isError && serving && !span && isSilent(m) ? <StaleBanner since={<RelativeTime time={m.asOf! * 1000} nowMs={nowMs} />} reason={m.source === "embedded" ? "No sample of its replicas has come since: the gateway of this machine does not answer, or cannot write." : "Its metrics source has told nothing newer since."} /> : null}
      {against && compared.isError ? <Notice state="warning" title="What to compare with could not be read" actions={<Button size="sm" onClick={() => void compared.refetch()} loading={compared.isFetching}>Try again</Button>}>{compared.error.message}</Notice> : null}
      <MetricTiles metrics={m} within={span ? formatDurationSeconds(span.to - span.from) : WINDOW_WORDS[window]} cost={cost.data} costLoading={cost.isPending} />
      <MetricCharts id={`deployment-${project}-${slug}`} metrics={m} charts={charts} onZoom={zoom} marks={marks.filter((k) => !k.kind || !hidden.includes(k.kind))} error={measured.error} onRetry={() => void measured.refetch()} stale={measured.isPlaceholderData} ever={(cost.data?.predictions ?? 0) > 0} tryHref={`${deploymentHref(project, slug)}/try`} />
      {elsewhere ? <MeasuresElsewhere project={project} slug={slug} {...elsewhere} /> : null}
    </section>
  );
}

/** Replicas here are scraped every few seconds; a metrics source may lag by minutes. */
const QUIET_SECONDS = { here: 60, elsewhere: 300 };
/** Whether the newest sample is older than it should be, by the server's clock. */
const isSilent = (m: Metrics): boolean => m.asOf !== null && m.to - m.asOf > Math.max(m.source === "embedded" ? QUIET_SECONDS.here : QUIET_SECONDS.elsewhere, 2 * m.stepSeconds);
