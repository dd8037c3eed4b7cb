"use client";
import { Rocket } from "lucide-react";
import { useState } from "react";
import { CanaryNotice } from "@/components/deployments/revisions/canary-notice";
import { CompareDialog } from "@/components/deployments/revisions/compare-dialog";
import { NewVersionDialog } from "@/components/deployments/revisions/new-version-dialog";
import { revisionsKey } from "@/components/deployments/revisions/revision-keys";
import { RevisionState } from "@/components/deployments/revisions/revision-state";
import { RollbackDialog } from "@/components/deployments/revisions/rollback-dialog";
import { useDeployment } from "@/components/deployments/use-deployment";
import { useCursorList } from "@/components/list/use-cursor-list";
import { asProblem } from "@/components/form/as-problem";
import { CursorPagination } from "@/components/ui/cursor-pagination";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonText } from "@/components/ui/skeleton";
import type { RevisionDto } from "@/lib/deployments/schema";
import { formatMoneyPerHour } from "@/lib/format/money";

type Props = { project: string; slug: string; mayWrite: boolean; nowMs: number };

/** Every revision, newest first, with what can be done to it. */
export function RevisionsTab({ project, slug, mayWrite, nowMs }: Props) {
  const { data: deployment, etag, error } = useDeployment(project, slug);
  const list = useCursorList<RevisionDto>(revisionsKey(project, slug), `/api/v1/projects/${project}/deployments/${slug}/revisions`);
  const [rollTo, setRollTo] = useState<number | null>(null);
  const [pair, setPair] = useState<{ from: number; to: number } | null>(null);
  const [adding, setAdding] = useState(false);
  const failed = list.error ?? (deployment ? null : error);
  if (failed) return <ErrorState title="Could not read the revisions" reason={asProblem(failed).detail} onRetry={list.retry} retrying={list.fetching} />;
  if (!deployment || list.loading) return <div className="panel p-4" role="status" aria-label="Loading"><SkeletonText lines={6} /></div>;
  const { status } = deployment;
  const changeable = mayWrite && deployment.desiredState !== "deleted";
  return (
    <div className="grid gap-4">
      <CanaryNotice project={project} deployment={deployment} etag={etag} mayWrite={changeable} nowMs={nowMs} />
      <Panel flush title="Revisions" description="Each is written once and never changed; rolling back wants an earlier one again."
        actions={changeable ? <Button variant={status.canaryWeight === null && !status.canary?.plan ? "primary" : "secondary"} onClick={() => setAdding(true)}><Rocket aria-hidden />New version…</Button> : undefined}>
        {list.items.length === 0 ? <EmptyState headingLevel={3} title="No revision yet">The first is written when the deployment is made.</EmptyState> : (
          <ol className="divide-y divide-line border-t border-line">
            {list.items.map((r) => (
              <li key={r.revision} className="grid items-center gap-x-4 gap-y-2 px-4 py-3 sm:grid-cols-[3rem_minmax(0,1fr)_auto]">
                <h3 className="figure text-lg font-semibold" aria-label={`Revision ${r.revision}`}>r{r.revision}</h3>
                <div className="grid min-w-0 gap-0.5">
                  <p className="flex flex-wrap items-center gap-x-3 gap-y-1"><span><span className="figure font-medium">v{r.version}</span> on <span className="font-mono text-sm">{r.profile}</span></span><RevisionState revision={r} status={status} /></p>
                  <p className="flex flex-wrap gap-x-4 text-sm text-ink-muted"><span className="min-w-0 break-words">{r.reason} by {r.createdBy}, <RelativeTime time={r.createdAt} nowMs={nowMs} /></span><span><span className="figure">{formatMoneyPerHour(r.pricePerHour)}</span> a replica</span></p>
                </div>
                <div className="flex flex-wrap gap-2">
                  {list.items.length > 1 ? <Button size="sm" variant="ghost" aria-label={`Compare revision ${r.revision}`} onClick={() => setPair(r.revision === status.desiredRevision ? { from: list.items.find((o) => o.revision < r.revision)?.revision ?? list.items.find((o) => o !== r)!.revision, to: r.revision } : { from: r.revision, to: status.desiredRevision })}>Compare</Button> : null}
                  {changeable && r.revision !== status.desiredRevision ? <Button size="sm" aria-label={`Roll back to revision ${r.revision}`} onClick={() => setRollTo(r.revision)}>Roll back</Button> : null}
                </div>
              </li>
            ))}
          </ol>
        )}
        {list.hasPrevious || list.hasNext ? <div className="border-t border-line"><CursorPagination summary={`Page ${list.page}, ${list.items.length} shown`} hasPrevious={list.hasPrevious} hasNext={list.hasNext} onPrevious={list.goPrevious} onNext={list.goNext} loading={list.fetching} /></div> : null}
      </Panel>
      <CompareDialog project={project} slug={slug} pair={pair} numbers={list.items.map((r) => r.revision)} onClose={() => setPair(null)} />
      <RollbackDialog project={project} slug={slug} from={status.desiredRevision} to={rollTo} serves={rollTo !== null && rollTo === status.stableRevision} onClose={() => setRollTo(null)} />
      <NewVersionDialog project={project} deployment={deployment} etag={etag} open={adding} onOpenChange={setAdding} />
    </div>
  );
}
