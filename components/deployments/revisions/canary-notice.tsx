import Link from "next/link";
import { CanaryPanel } from "@/components/deployments/revisions/canary-panel";
import { CanaryStepsPanel } from "@/components/deployments/revisions/canary-steps-panel";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";
import { deploymentHref } from "@/lib/api-client/hrefs";
import type { DeploymentDto } from "@/lib/deployments/schema";

type Props = { project: string; deployment: DeploymentDto; etag: string | undefined; mayWrite: boolean; nowMs: number };

/** What is to be said of a canary: where it is and how to step in, or that the last one was rolled back, and why. */
export function CanaryNotice({ project, deployment: d, etag, mayWrite, nowMs }: Props) {
  const { canary, canaryWeight, stableRevision } = d.status;
  if (canary?.plan) return <CanaryStepsPanel project={project} deployment={d} canary={canary} plan={canary.plan} mayWrite={mayWrite} nowMs={nowMs} />;
  if (canaryWeight !== null) return <CanaryPanel project={project} deployment={d} etag={etag} weight={canaryWeight} mayWrite={mayWrite} />;
  if (canary?.state !== "rolledBack") return null;
  return (
    <Notice state="warning" title={`Revision ${canary.revision} was rolled back by itself`} actions={<><Link className="link" href={`${deploymentHref(project, d.slug)}/revisions`}>Compare the revisions</Link><Link className="link" href={`${deploymentHref(project, d.slug)}/logs`}>Logs and events</Link></>}>
      <p>{canary.reason} Revision {stableRevision} gets everything again. <RelativeTime time={canary.at} nowMs={nowMs} /></p>
    </Notice>
  );
}
