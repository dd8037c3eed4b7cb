"use client";
import { useQuery } from "@tanstack/react-query";
import { CircleDollarSign, Download } from "lucide-react";
import Link from "next/link";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useMemo } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Skeleton } from "@/components/ui/skeleton";
import { StaleBanner } from "@/components/ui/stale-banner";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import { COST_GROUPS, groupCosts, type CostGroup } from "@/lib/costs/group-costs";
import type { CostReport } from "@/lib/costs/schema";
import { BudgetsPanel } from "./budgets-panel";
import { CostChart } from "./cost-chart";
import { CostFigures } from "./cost-figures";
import { COST_PAGE_WINDOWS } from "./cost-window";
import { costsCsv } from "./costs-csv";
import { CostsTable } from "./costs-table";
import { PriceNotes } from "./price-notes";


const windowWords = { "24h": "24 hours", "7d": "7 days", "30d": "30 days" };
const groupWords: Record<CostGroup, string> = { deployment: "Deployment", model: "Model", profile: "Profile", project: "Project" };
const REFRESH_MS = 60_000;

const costsPath = (project: string | null, window: string) => `/api/v1/${project ? `projects/${encodeURIComponent(project)}/` : ""}costs?window=${window}`;

/** What was spent: of one project, or (null) of everything one may see. Window and grouping are in the URL. */
export function Costs({ project }: { project: string | null }) {
  const [window, setWindow] = useQueryState("window", parseAsStringLiteral(COST_PAGE_WINDOWS).withDefault("7d"));
  const [by, setBy] = useQueryState("by", parseAsStringLiteral(COST_GROUPS).withDefault("deployment"));
  const report = useQuery({ queryKey: keys.costs(project, window), queryFn: ({ signal }) => fetchJson<CostReport>(costsPath(project, window), { signal }), refetchInterval: REFRESH_MS });
  const group: CostGroup = project && by === "project" ? "deployment" : by;
  const groups = useMemo(() => groupCosts(report.data?.deployments ?? [], group), [report.data, group]);
  return (
    <>
      <PageHeader title="Costs" meta={<span>{project ? `Project ${project}` : "All projects you can see"}{report.data ? <> · as of <RelativeTime time={report.data.to} nowMs={Date.parse(report.data.to)} /></> : null}</span>} actions={
        <>
          <SegmentedControl aria-label="Window" value={window} onValueChange={(v) => void setWindow(v)} options={COST_PAGE_WINDOWS.map((value) => ({ value, label: windowWords[value] }))} size="md" />
          <Button disabled={!report.data?.deployments.length} onClick={() => report.data && download(report.data, project)}><Download aria-hidden />CSV</Button>
        </>
      } />
      {report.isPending ? <div role="status" aria-label="Costs are loading" className="grid gap-5"><Skeleton className="h-21" /><Skeleton className="h-64" /><Skeleton className="h-48" /></div>
        : !report.data ? <ErrorState title="Costs could not be read" reason={report.error.message} onRetry={() => void report.refetch()} retrying={report.isFetching} />
        : (
          <>
            {report.isError ? <StaleBanner since={<RelativeTime time={report.data.to} />} reason={report.error.message} onRetry={() => void report.refetch()} retrying={report.isFetching} /> : null}
            {project ? <BudgetsPanel project={project} /> : null}
            {report.data.deployments.length === 0 ? <Panel><NothingRan window={windowWords[window]} /></Panel> : (
              <>
                <CostFigures report={report.data} />
                <Panel><CostChart groups={groups} by={group} withProject={project === null} estimate={report.data.total.estimate} /></Panel>
                <Panel title="What cost how much" description={report.data.total.note} flush actions={<SegmentedControl aria-label="Group by" value={group} onValueChange={(v) => void setBy(v)} options={COST_GROUPS.filter((g) => !project || g !== "project").map((value) => ({ value, label: groupWords[value] }))} />}>
                  <CostsTable groups={groups} by={group} withProject={project === null} />
                </Panel>
                <PriceNotes report={report.data} />
              </>
            )}
          </>
        )}
    </>
  );
}

function NothingRan({ window }: { window: string }) {
  return (
    <EmptyState icon={<CircleDollarSign aria-hidden />} title={`Nothing ran in the last ${window}`} actions={<Link href="/app" className={buttonClass()}>Go to the home page</Link>}>
      Cost begins with the first replica: its time, at its profile&rsquo;s price. Deploy a model, and it shows here within a minute, used and idle time apart.
    </EmptyState>
  );
}

function download(report: CostReport, project: string | null): void {
  const url = URL.createObjectURL(new Blob([costsCsv(report)], { type: "text/csv" }));
  Object.assign(document.createElement("a"), { href: url, download: `slipway-costs-${project ?? "all"}-${report.window}-${report.to.slice(0, 10)}.csv` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
