"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Rocket } from "lucide-react";
import Link from "next/link";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { HeatMap } from "@/components/fleet/heat-map";
import { ObjectiveList } from "@/components/fleet/objective-list";
import { RANKINGS, type Ranking } from "@/components/fleet/rank-fleet";
import { TopList } from "@/components/fleet/top-list";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { StaleBanner } from "@/components/ui/stale-banner";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { newAlertRuleHref } from "@/lib/api-client/hrefs";
import { keys } from "@/lib/api-client/query-keys";
import type { Fleet, FleetWindow } from "@/lib/fleet/schema";

const ALL = "all";
const WINDOWS = ["1h", "6h", "24h"] as const satisfies FleetWindow[];
const inUrl = { window: parseAsStringLiteral(WINDOWS).withDefault("6h"), project: parseAsString };
type Props = { projects: { slug: string; name: string }[]; writable: string[] };

/** Every deployment one may see, side by side: who is slow, who fails, who costs, who idles, how busy each is, and what is left of the error budgets. */
export function FleetPage({ projects, writable }: Props) {
  const [{ window, project }, setUrl] = useQueryStates(inUrl, { clearOnDefault: true });
  const fleet = useQuery({
    queryKey: keys.fleet(window, project), placeholderData: keepPreviousData, refetchInterval: 60_000,
    queryFn: ({ signal }) => fetchJson<Fleet>(`/api/v1/fleet?${new URLSearchParams({ window, ...(project ? { project } : {}) })}`, { signal }),
  });
  const data = fleet.data;
  const maker = writable.find((p) => p === project) ?? writable[0];
  return (
    <>
      <PageHeader title="Fleet" meta={data ? <span>{data.deployments.length} {data.deployments.length === 1 ? "deployment" : "deployments"}, until <RelativeTime time={data.to} nowMs={Date.parse(data.to)} />{data.estimate ? "; costs of this machine are an estimate" : ""}{data.left > 0 ? `; ${data.left} more are not shown` : ""}</span> : "Every deployment side by side"} actions={
        <>
          {projects.length > 1 ? <div className="w-44"><Select aria-label="Project" value={project ?? ALL} onValueChange={(v) => void setUrl({ project: v === ALL ? null : v })} options={[{ value: ALL, label: "All projects" }, ...projects.map((p) => ({ value: p.slug, label: p.name }))]} /></div> : null}
          <SegmentedControl aria-label="Window" value={window} onValueChange={(v) => void setUrl({ window: v })} options={WINDOWS.map((value) => ({ value, label: value }))} size="md" />
        </>
      } />
      {fleet.isPending ? <div role="status" aria-label="Loading" className="grid gap-5 lg:grid-cols-2"><Skeleton className="h-48" /><Skeleton className="h-48" /></div>
        : !data ? <ErrorState title="The fleet could not be read" reason={fleet.error?.message} onRetry={() => void fleet.refetch()} retrying={fleet.isFetching} />
        : data.deployments.length === 0 ? <div className="panel"><EmptyState icon={<Rocket aria-hidden />} title="Nothing is deployed" actions={<Link href="/app/models" className={buttonClass()}>Go to the models</Link>}>Deployments stand here side by side, by latency, errors, cost and use.</EmptyState></div>
        : (
          <div className={fleet.isPlaceholderData ? "grid gap-5 opacity-60" : "grid gap-5"} aria-busy={fleet.isPlaceholderData || undefined}>
            {fleet.isError ? <StaleBanner since={<RelativeTime time={fleet.dataUpdatedAt} />} reason={fleet.error.message} onRetry={() => void fleet.refetch()} retrying={fleet.isFetching} /> : null}
            <div className="grid items-start gap-5 md:grid-cols-2">{(Object.keys(RANKINGS) as Ranking[]).map((by) => <TopList key={by} deployments={data.deployments} by={by} />)}</div>
            <HeatMap fleet={data} />
            <ObjectiveList fleet={data} newRuleHref={maker ? newAlertRuleHref(maker) : null} />
          </div>
        )}
    </>
  );
}
