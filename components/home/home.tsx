"use client";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useLive } from "@/components/live/live-provider";
import { NoProjects } from "@/components/projects/no-projects";
import { useChosenProject } from "@/components/shell/chosen-project";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { StaleBanner } from "@/components/ui/stale-banner";
import { RelativeTime } from "@/components/ui/relative-time";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { modelsHref } from "@/lib/api-client/hrefs";
import { keys } from "@/lib/api-client/query-keys";
import { groupCosts } from "@/lib/costs/group-costs";
import type { CostReport } from "@/lib/costs/schema";
import type { Overview } from "@/lib/overview/schema";
import { ActivityList } from "./activity-list";
import { AttentionList } from "./attention-list";
import { FirstRun } from "./first-run";
import { HomeFigures } from "./home-figures";
import { ProjectsTable } from "./projects-table";

/** Read again by itself, besides on events: attention and cost move without one. */
const REFRESH_MS = 60_000;

/** The home page below its heading. */
export function Home({ baseUrl, mayReadAudit }: { baseUrl: string; mayReadAudit: boolean }) {
  const { current } = useChosenProject();
  const overview = useQuery({ queryKey: keys.overview, queryFn: ({ signal }) => fetchJson<Overview>("/api/v1/overview", { signal }), refetchInterval: REFRESH_MS });
  const costs = useQuery({ queryKey: keys.costs(null, "7d"), queryFn: ({ signal }) => fetchJson<CostReport>("/api/v1/costs?window=7d", { signal }), refetchInterval: REFRESH_MS });
  useLive("deployments", [keys.overview]);
  useLive("alerts", [keys.overview]);
  const perProject = useMemo(() => (costs.data ? new Map(groupCosts(costs.data.deployments, "project").map((g) => [g.key, g])) : null), [costs.data]);

  if (overview.isPending) return <div role="status" aria-label="The overview is loading" className="grid gap-5"><Skeleton className="h-21" /><Skeleton className="h-48" /></div>;
  if (!overview.data) return <ErrorState title="The overview could not be read" reason={overview.error.message} onRetry={() => void overview.refetch()} retrying={overview.isFetching} />;
  const { projects, attention, activity, asOf, mayCreateProject } = overview.data;
  const nowMs = Date.parse(asOf);
  if (projects.length === 0 && !mayCreateProject) return <NoProjects mayCreate={false} />;

  const running = projects.some((p) => p.deployments > 0);
  const writable = projects.filter((p) => p.mayDeploy);
  const home = writable.find((p) => p.project === current) ?? writable[0];
  const mayStart = projects.length === 0 ? mayCreateProject : home !== undefined;
  return (
    <>
      {overview.isError ? <StaleBanner since={<RelativeTime time={asOf} />} reason={overview.error.message} onRetry={() => void overview.refetch()} retrying={overview.isFetching} /> : null}
      {!running && mayStart ? <FirstRun project={home?.project ?? null} baseUrl={baseUrl} uploadHref={home ? modelsHref(home.project) : null} /> : null}
      {running ? <HomeFigures projects={projects} attention={attention.length} costs={costs.data} costsLoading={costs.isPending} /> : null}
      {projects.length > 0 ? (
        <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1.25fr)_minmax(0,1fr)]">
          <div className="grid gap-5">
            {running || attention.length > 0 ? <AttentionList items={attention} nowMs={nowMs} /> : null}
            <ProjectsTable projects={projects} costs={perProject} />
          </div>
          <ActivityList items={activity} nowMs={nowMs} auditHref={mayReadAudit ? "/app/settings/audit" : null} />
        </div>
      ) : null}
    </>
  );
}
