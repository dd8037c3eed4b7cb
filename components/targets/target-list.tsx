"use client";
import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import Link from "next/link";
import { asProblem } from "@/components/form/as-problem";
import { PROVIDER_WORDS, targetHref } from "@/components/targets/provider-words";
import { StaleQuery } from "@/components/query/stale-query";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonText } from "@/components/ui/skeleton";
import { Status } from "@/components/ui/status";
import { fetchAllPages } from "@/lib/api-client/fetch-all-pages";
import { keys } from "@/lib/api-client/query-keys";
import type { TargetDto } from "@/lib/targets-catalogue/schema";

/** Where deployments can run, with what the last check of each place found. */
export function TargetList({ mayManage }: { mayManage: boolean }) {
  const targets = useQuery({ queryKey: keys.targets, queryFn: ({ signal }) => fetchAllPages<TargetDto>("/api/v1/targets", signal) });
  const alone = targets.data?.every((t) => t.kind === "local");
  const connect = mayManage ? <Link href="/app/targets/connect" className={buttonClass({ variant: "primary" })}><Plus aria-hidden />Connect a cluster</Link> : null;
  return (
    <>
      <PageHeader title="Targets" meta={<span>Where deployments run</span>} actions={connect} />
      <StaleQuery query={targets} />
      {targets.isError && !targets.data ? <ErrorState title="Could not read the targets" reason={asProblem(targets.error).detail} onRetry={() => void targets.refetch()} retrying={targets.isFetching} />
        : targets.isPending ? <div className="panel p-4" role="status" aria-label="Loading"><SkeletonText lines={4} /></div>
        : targets.data.length === 0 ? <div className="panel"><EmptyState title="No target">The local one is put in place when Slipway starts. Restart it, and look at its log if this stays.</EmptyState></div>
        : <ul className="panel divide-y divide-line overflow-clip">{targets.data.map((t) => <TargetRow key={t.slug} target={t} />)}</ul>}
      {alone ? <p className="text-sm text-ink-muted">GPU and spot <Link className="link" href="/app/profiles">profiles of AWS</Link> can be deployed on once a cluster is connected{mayManage ? "." : " by a platform person."}</p> : null}
    </>
  );
}

function TargetRow({ target: t }: { target: TargetDto }) {
  return (
    <li className="relative grid gap-x-6 gap-y-1 p-4 hover:bg-hover sm:grid-cols-[minmax(0,1fr)_auto] sm:items-center">
      <span className="grid min-w-0 gap-0.5">
        <Link href={targetHref(t.slug)} className="font-medium after:absolute after:inset-0">{t.name}</Link>
        <span className="flex flex-wrap gap-x-2 text-sm text-ink-muted"><span className="font-mono text-xs leading-5 text-ink-faint">{t.slug}</span><span>{PROVIDER_WORDS[t.provider]}{t.region ? ` · ${t.region}` : ""}</span></span>
      </span>
      <span className="flex items-baseline gap-3 text-sm sm:justify-end">
        <CheckState check={t.check} />
        {t.check ? <span className="text-ink-faint"><RelativeTime time={t.check.at} /></span> : null}
      </span>
    </li>
  );
}

function CheckState({ check }: { check: TargetDto["check"] }) {
  if (!check) return <Status state="stopped" size="sm">Not checked yet</Status>;
  if (!check.reachable) return <Status state="failed" size="sm">Does not answer</Status>;
  if (check.missing > 0) return <Status state="warning" size="sm">{check.missing} missing</Status>;
  if (check.warnings > 0) return <Status state="warning" size="sm">{check.warnings} {check.warnings === 1 ? "needs" : "need"} attention</Status>;
  return <Status state="ready" size="sm">All there</Status>;
}
