"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { ErrorState } from "@/components/ui/error-state";
import { Panel } from "@/components/ui/panel";
import { SkeletonText } from "@/components/ui/skeleton";
import type { AdviceList } from "@/lib/advice/schema";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { deploymentHref } from "@/lib/api-client/hrefs";
import { formatMoneyPerMonth } from "@/lib/format/money";
import { AppliedList } from "./applied-list";

const deployments = (n: number) => `${n} ${n === 1 ? "deployment" : "deployments"}`;

/** Where money can be saved, dearest first. Applied on the deployment's own page, beside what it rests on. */
export function AdviceListPanel({ project }: { project: string | null }) {
  const path = project ? `/api/v1/projects/${encodeURIComponent(project)}/advice` : "/api/v1/advice";
  const list = useQuery({ queryKey: ["advice", project], queryFn: ({ signal }) => fetchJson<AdviceList>(path, { signal }), refetchInterval: 300_000 });
  const a = list.data;
  return (
    <Panel title="What could be saved" description={a && a.items.length > 0 ? `Up to ${formatMoneyPerMonth(a.monthlySavingUsd)} with the first advice of each deployment` : "From measured use of the last 14 days"}>
      {list.isError && !a ? <ErrorState className="py-6!" title="The advice could not be read" reason={list.error.message} onRetry={() => void list.refetch()} />
        : !a ? <div role="status" aria-label="Loading"><SkeletonText lines={2} /></div>
        : (
          <div className="grid gap-3">
            {a.items.length > 0 ? (
              <ul className="grid divide-y divide-line">
                {a.items.map((i) => (
                  <li key={`${i.project}/${i.deployment} ${i.advice.kind}`} className="grid items-baseline gap-x-6 gap-y-1 py-2 first:pt-0 sm:grid-cols-[minmax(0,1fr)_auto]">
                    <span className="min-w-0"><Link className="font-medium underline-offset-3 hover:underline" href={deploymentHref(i.project, i.deployment)}>{i.deployment}</Link>{project ? null : <span className="text-sm text-ink-muted"> {i.project}</span>} <span className="text-ink-muted">{i.advice.title}. {i.advice.why}</span></span>
                    <span className="figure whitespace-nowrap">{formatMoneyPerMonth(i.advice.monthlySavingUsd)}</span>
                  </li>
                ))}
              </ul>
            ) : <p className="text-sm text-ink-muted">{a.looked === 0 ? "Nothing runs, so nothing can be saved." : `No advice on ${deployments(a.looked)}.`}</p>}
            {a.withheld > 0 ? <p className="text-sm text-ink-muted">Too little is known of {deployments(a.withheld)}; their pages say what is missing.</p> : null}
            {a.left > 0 ? <p className="text-sm text-ink-muted">{deployments(a.left)} that cost less were not looked at.</p> : null}
            {a.applied.length > 0 ? <AppliedList applied={a.applied} named /> : null}
          </div>
        )}
    </Panel>
  );
}
