"use client";
import { AdvicePanel } from "@/components/deployments/advice-panel";
import { CauseNotice } from "@/components/deployments/cause-notice";
import { ConditionList } from "@/components/deployments/condition-list";
import { CostPanel } from "@/components/deployments/cost-panel";
import { DeployTimeline } from "@/components/deployments/deploy-timeline";
import { Measures } from "@/components/deployments/measures";
import { ReplicaFigures } from "@/components/deployments/replica-figures";
import { TroubleNotice } from "@/components/deployments/trouble-notice";
import { CanaryNotice } from "@/components/deployments/revisions/canary-notice";
import { useDiagnosis } from "@/components/deployments/use-diagnosis";
import { useDeployment } from "@/components/deployments/use-deployment";
import { ErrorState } from "@/components/ui/error-state";
import { Panel } from "@/components/ui/panel";
import { Skeleton } from "@/components/ui/skeleton";
import { ApiProblem } from "@/lib/api-client/fetch-json";
import type { DeploymentDto } from "@/lib/deployments/schema";
import type { Elsewhere } from "@/lib/observability/elsewhere";

/** State, measures and cost of a deployment on one page. */
export function DeploymentOverview({ project, slug, mayWrite, nowMs, elsewhere }: { project: string; slug: string; mayWrite: boolean; nowMs: number; elsewhere: Elsewhere }) {
  const { data: d, etag, error } = useDeployment(project, slug);
  if (!d) return error ? <ErrorState title="The deployment could not be read" reason={error.message} /> : <div role="status" aria-label="The deployment is loading" className="grid gap-4"><Skeleton className="h-21" /><Skeleton className="h-64" /></div>;
  // The header says that it was deleted; nothing of what was true of it is true now.
  if (error instanceof ApiProblem && error.status === 404) return null;
  return (
    <div className="grid gap-6">
      <CanaryNotice project={project} deployment={d} etag={etag} mayWrite={mayWrite && d.desiredState !== "deleted"} nowMs={nowMs} />
      <Trouble project={project} deployment={d} nowMs={nowMs} />
      <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
        <DeployTimeline deployment={d} nowMs={nowMs} />
        <div className="grid grid-rows-[auto_1fr] gap-4">
          <Panel title="Replicas"><ReplicaFigures deployment={d} /></Panel>
          <Panel title="Conditions"><ConditionList conditions={d.status.conditions} stopped={d.desiredState === "stopped"} nowMs={nowMs} /></Panel>
        </div>
        <CostPanel project={project} slug={slug} createdAt={d.createdAt} />
      </div>
      <Measures project={project} slug={slug} createdAt={d.createdAt} serving={d.desiredState === "running" && d.status.replicas.ready > 0} nowMs={nowMs} elsewhere={elsewhere} saidStale={error !== null} />
      <AdvicePanel project={project} slug={slug} serving={d.status.stableRevision} mayWrite={mayWrite} />
    </div>
  );
}

/** What a cluster says is the matter now, where it says anything; else what was written down. */
function Trouble({ project, deployment, nowMs }: { project: string; deployment: DeploymentDto; nowMs: number }) {
  const cause = useDiagnosis(project, deployment, nowMs);
  return cause ? <CauseNotice cause={cause} nowMs={nowMs} /> : <TroubleNotice project={project} deployment={deployment} />;
}
