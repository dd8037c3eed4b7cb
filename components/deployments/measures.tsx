"use client";
import { parseAsInteger, parseAsStringLiteral, useQueryStates } from "nuqs";
import { marksOf } from "@/components/deployments/event-marks";
import { MetricCharts } from "@/components/deployments/metric-charts";
import { MetricTiles } from "@/components/deployments/metric-tiles";
import { firstWindow, METRIC_WINDOWS } from "@/components/deployments/metric-window";
import { useDeploymentCost, useMetrics, useNewestEvents } from "@/components/deployments/use-deployment-measures";
import { RelativeTime } from "@/components/ui/relative-time";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import { StaleBanner } from "@/components/ui/stale-banner";
import { deploymentHref } from "@/lib/api-client/hrefs";

const ALL = "all";
const inUrl = { window: parseAsStringLiteral(METRIC_WINDOWS), revision: parseAsInteger };

/** Figures and charts of a window; window and revision are part of the address. */
export function Measures({ project, slug, createdAt, nowMs }: { project: string; slug: string; /** Of the deployment. */ createdAt: string; nowMs: number }) {
  const [{ window: asked, revision }, setUrl] = useQueryStates(inUrl);
  const window = asked ?? firstWindow(createdAt, nowMs);
  const measured = useMetrics(project, slug, window, revision);
  const events = useNewestEvents(project, slug);
  const cost = useDeploymentCost(project, slug);
  const m = measured.data;
  const revisions = [...new Set([...(m?.revisions ?? []), ...(revision === null ? [] : [revision])])].sort((a, b) => b - a);
  return (
    <section aria-labelledby="measures" className="grid gap-4">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="flex items-baseline gap-2"><h2 id="measures" className="text-lg font-semibold">Measures</h2>{m ? <span className="text-sm text-ink-muted">{m.asOf === null ? "nothing measured yet" : <>as of <RelativeTime time={m.asOf * 1000} nowMs={nowMs} /></>}</span> : null}</div>
        <div className="flex flex-wrap items-center gap-2">
          {revisions.length > 1 || revision !== null ? <div className="w-40"><Select aria-label="Revision" value={revision === null ? ALL : String(revision)} onValueChange={(v) => void setUrl({ revision: v === ALL ? null : Number(v) })} options={[{ value: ALL, label: "All revisions" }, ...revisions.map((n) => ({ value: String(n), label: `Revision ${n}` }))]} /></div> : null}
          <SegmentedControl aria-label="Window" value={window} onValueChange={(v) => void setUrl({ window: v })} options={METRIC_WINDOWS.map((value) => ({ value, label: value }))} size="md" />
        </div>
      </div>
      {m && measured.isError ? <StaleBanner since={<RelativeTime time={measured.dataUpdatedAt} />} reason={measured.error.message} onRetry={() => void measured.refetch()} retrying={measured.isFetching} /> : null}
      <MetricTiles metrics={m} window={window} cost={cost.data} costLoading={cost.isPending} />
      <MetricCharts id={`deployment-${project}-${slug}`} metrics={m} marks={m ? marksOf(events.data?.items ?? [], m.from * 1000, m.to * 1000) : []} error={measured.error} onRetry={() => void measured.refetch()} stale={measured.isPlaceholderData} ever={(cost.data?.predictions ?? 0) > 0} tryHref={`${deploymentHref(project, slug)}/try`} />
    </section>
  );
}
