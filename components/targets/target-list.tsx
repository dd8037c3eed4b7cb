"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { asProblem } from "@/components/form/as-problem";
import { TargetCheck } from "@/components/targets/target-check";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { SkeletonText } from "@/components/ui/skeleton";
import { fetchAllPages } from "@/lib/api-client/fetch-all-pages";
import { keys } from "@/lib/api-client/query-keys";

type TargetDto = { slug: string; name: string; kind: string };

/** Where deployments can run, and what each place has and lacks. */
export function TargetList() {
  const targets = useQuery({ queryKey: keys.targets, queryFn: ({ signal }) => fetchAllPages<TargetDto>("/api/v1/targets", signal) });
  return (
    <>
      <PageHeader title="Targets" meta={<span>Where deployments run</span>} />
      <Notice title="Connecting a cluster comes with the Kubernetes target">
        This Slipway deploys to the machine it runs on. The GPU and spot <Link className="link" href="/app/profiles">profiles of AWS</Link> show their prices already; they can be deployed on once a cluster can be connected here.
      </Notice>
      {targets.isError && !targets.data ? <ErrorState title="Could not read the targets" reason={asProblem(targets.error).detail} onRetry={() => void targets.refetch()} retrying={targets.isFetching} />
        : targets.isPending ? <div className="panel p-4" role="status" aria-label="Loading"><SkeletonText lines={4} /></div>
        : targets.data.length === 0 ? <div className="panel"><EmptyState title="No target">The local one is put in place when Slipway starts. Restart it, and look at its log if this stays.</EmptyState></div>
        : targets.data.map((t) => <TargetCheck key={t.slug} target={t} />)}
    </>
  );
}
