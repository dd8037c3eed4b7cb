"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { CircleDollarSign, Download } from "lucide-react";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import { useCallback } from "react";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { StaleBanner } from "@/components/ui/stale-banner";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import { COST_PERIODS, type CostPeriod } from "@/lib/costs/summary/period";
import { COST_GROUPINGS, type CostSummary } from "@/lib/costs/summary/schema";
import { formatCount } from "@/lib/format/number";
import { AdviceListPanel } from "./advice-list-panel";
import { BudgetsPanel } from "./budgets-panel";
import { DailyCost, UnitCost } from "./cost-charts";
import { CostFigures } from "./cost-figures";
import { CostFilters } from "./cost-filters";
import { costParsers, costQueryText, type CostView } from "./cost-query";
import { CostsTable, groupWords } from "./costs-table";
import { MeasuredPanel } from "./measured-panel";
import { PriceNotes } from "./price-notes";

const periodWords: Record<CostPeriod, string> = { today: "Today", "7d": "7 days", "30d": "30 days", "90d": "90 days", month: "This month", "last-month": "Last month" };
const nothingRan: Record<CostPeriod, string> = { today: "today", "7d": "in the last 7 days", "30d": "in the last 30 days", "90d": "in the last 90 days", month: "this month", "last-month": "last month" };
const groupings = (project: string | null) => COST_GROUPINGS.filter((g) => !project || g !== "project").map((value) => ({ value, label: groupWords[value] }));
const REFRESH_MS = 60_000;
const periods = COST_PERIODS.map((value) => ({ value, label: periodWords[value] }));

/** What was spent: of one project, or (null) of everything one may see. Period, grouping and filters are in the URL. */
export function Costs({ project }: { project: string | null }) {
  const [view, setView] = useQueryStates(costParsers);
  const query = costQueryText(view, project);
  const base = `/api/v1/${project ? `projects/${encodeURIComponent(project)}/` : ""}costs`;
  const summary = useQuery({ queryKey: keys.costSummary(project, query), queryFn: ({ signal }) => fetchJson<CostSummary>(`${base}/summary?${query}`, { signal }), refetchInterval: REFRESH_MS, placeholderData: keepPreviousData });
  const change = useCallback((next: Partial<CostView>) => void setView(next), [setView]);
  const s = summary.data;
  const filtered = Boolean(view.model ?? view.profile ?? view.deployment ?? (project ? null : view.project));
  const exported = new URLSearchParams(query);
  exported.delete("by");
  return (
    <>
      <PageHeader title="Costs" meta={<span>{project ? `Project ${project}` : "All projects you can see"}{s ? <> · as of <RelativeTime time={s.to} nowMs={Date.parse(s.to)} /></> : null}</span>} actions={
        <>
          <span className="hidden lg:block"><SegmentedControl aria-label="Period" value={view.period} onValueChange={(period) => change({ period })} options={periods} size="md" /></span>
          <Select className="w-36 lg:hidden!" aria-label="Period" value={view.period} onValueChange={(v) => change({ period: COST_PERIODS.find((p) => p === v) ?? "30d" })} options={periods} />
          <a className={buttonClass()} href={`${base}/export?${exported.toString()}`} download><Download aria-hidden />CSV</a>
        </>
      } />
      {summary.isPending ? <div role="status" aria-label="Costs are loading" className="grid gap-5"><Skeleton className="h-21" /><Skeleton className="h-72" /><Skeleton className="h-48" /></div>
        : !s ? <ErrorState title="Costs could not be read" reason={summary.error?.message} onRetry={() => void summary.refetch()} retrying={summary.isFetching} />
        : (
          <div className="grid min-w-0 gap-5" aria-busy={summary.isPlaceholderData || undefined}>
            {summary.isError ? <StaleBanner since={<RelativeTime time={s.to} />} reason={summary.error.message} onRetry={() => void summary.refetch()} retrying={summary.isFetching} /> : null}
            <CostFilters view={view} onChange={change} choices={s.choices} withProject={project === null} />
            {s.groups.length === 0 ? <Panel><NothingRan when={nothingRan[view.period]} filtered={filtered} /></Panel> : (
              <>
                <CostFigures summary={s} />
                <Panel><DailyCost summary={s} /></Panel>
                <Panel title="What cost how much" description={s.total.note} flush actions={<span className="block max-w-full overflow-x-auto"><SegmentedControl aria-label="Group by" value={s.by} onValueChange={(by) => change({ by })} options={groupings(project)} /></span>}>
                  <CostsTable groups={s.groups} by={s.by} withProject={project === null} onNarrow={change} />
                  {s.groupsLeft > 0 ? <p className="border-t border-line px-4 py-3 text-sm text-ink-muted">{formatCount(s.groupsLeft)} cheaper ones are not shown. Filter, or take the CSV: it has all of them.</p> : null}
                </Panel>
                <Panel><UnitCost summary={s} /></Panel>
              </>
            )}
            <AdviceListPanel project={project} />
            {project ? <BudgetsPanel project={project} /> : null}
            {s.measured ? <MeasuredPanel measured={s.measured} withProject={project === null} /> : null}
            {s.groups.length === 0 ? null : <PriceNotes summary={s} />}
          </div>
        )}
    </>
  );
}

function NothingRan({ when, filtered }: { when: string; filtered: boolean }) {
  return (
    <EmptyState icon={<CircleDollarSign aria-hidden />} title={filtered ? `Nothing of this selection ran ${when}` : `Nothing ran ${when}`} actions={filtered ? null : <Link href="/app" className={buttonClass()}>Go to the home page</Link>}>
      {filtered ? "Choose a longer period, or clear the filters." : <>Cost begins with the first replica: its time, at its profile&rsquo;s price. Deploy a model, and it shows here within a minute, used and idle time apart.</>}
    </EmptyState>
  );
}
