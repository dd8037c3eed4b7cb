"use client";
import { asProblem } from "@/components/form/as-problem";
import { useCursorList } from "@/components/list/use-cursor-list";
import { CursorPagination } from "@/components/ui/cursor-pagination";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonText } from "@/components/ui/skeleton";
import { Status } from "@/components/ui/status";
import { keys } from "@/lib/api-client/query-keys";
import type { z } from "zod";
import type { eventSchema } from "@/lib/deployments/schema";

/** What happened to a deployment, newest first. */
export function EventList({ project, slug, nowMs }: { project: string; slug: string; nowMs: number }) {
  const list = useCursorList<z.infer<typeof eventSchema>>([...keys.deployment(project, slug), "event-list"], `/api/v1/projects/${project}/deployments/${slug}/events`);
  return (
    <Panel flush title="Events" description="What Slipway and people did, newest first">
      {list.error ? <ErrorState title="Could not read the events" reason={asProblem(list.error).detail} onRetry={list.retry} retrying={list.fetching} />
        : list.loading ? <div className="p-4" role="status" aria-label="Loading"><SkeletonText lines={4} /></div>
        : list.items.length === 0 ? <EmptyState headingLevel={3} title="Nothing happened yet">Deploys, scaling and trouble show up here.</EmptyState> : (
          <ul className="divide-y divide-line border-t border-line">
            {list.items.map((e) => (
              <li key={e.id} className="grid items-baseline gap-x-4 gap-y-0.5 px-4 py-2 sm:grid-cols-[11rem_minmax(0,1fr)_auto]">
                {e.type === "Warning" ? <Status state="warning" size="sm">{e.reason}</Status> : <span className="text-sm font-medium">{e.reason}</span>}
                <span className="min-w-0 break-words">{e.message}{e.count > 1 ? <span className="figure text-ink-muted"> ×{e.count}</span> : null}</span>
                <span className="text-sm text-ink-muted"><RelativeTime time={e.lastAt} nowMs={nowMs} /></span>
              </li>
            ))}
          </ul>
        )}
      {list.hasPrevious || list.hasNext ? <div className="border-t border-line"><CursorPagination summary={`Page ${list.page}, ${list.items.length} shown`} hasPrevious={list.hasPrevious} hasNext={list.hasNext} onPrevious={list.goPrevious} onNext={list.goNext} loading={list.fetching} /></div> : null}
    </Panel>
  );
}
