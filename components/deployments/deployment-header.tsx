"use client";
import Link from "next/link";
import { AlertStrip } from "@/components/alerts/alert-strip";
import { calls, useActiveAlerts } from "@/components/alerts/use-active-alerts";
import { DeploymentActions } from "@/components/deployments/deployment-actions";
import { PhaseStatus } from "@/components/deployments/phase-status";
import { useDeployment } from "@/components/deployments/use-deployment";
import { StaleQuery } from "@/components/query/stale-query";
import { Badge } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy-button";
import { LinkTabs } from "@/components/ui/link-tabs";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { ApiProblem } from "@/lib/api-client/fetch-json";
import { deploymentHref, deploymentsHref, modelHref } from "@/lib/api-client/hrefs";

/** Name, state, what runs where, the endpoint, what can be done, and the tabs. */
export function DeploymentHeader({ project, slug, mayWrite }: { project: string; slug: string; mayWrite: boolean }) {
  const { data: d, error, query } = useDeployment(project, slug);
  const base = deploymentHref(project, slug);
  const firing = useActiveAlerts().data?.items.filter((a) => calls(a) && a.project === project && a.deployment === slug).length;
  const gone = error instanceof ApiProblem && error.status === 404;
  return (
    <div className="grid gap-4">
      <PageHeader title={slug} status={d && !gone ? <PhaseStatus phase={d.phase} look="soft" /> : undefined}
        meta={d ? (
          <>
            <Link href={modelHref(project, d.model)} className="link">{d.model} v{d.version}</Link>
            <span className="font-mono text-sm">{d.profile}</span>
            <Badge>{d.environment}</Badge>
            {d.public ? <Badge>public</Badge> : null}
            {d.targetKind === "local" ? null : <span>on {d.target}</span>}
            {d.status.url === null ? <span>no way in from outside the cluster</span> : <span className="inline-flex min-w-0 max-w-full items-center gap-1"><code className="text-sm break-all">{d.status.url}</code><CopyButton text={d.status.url} label="Copy the endpoint's address" /></span>}
          </>
        ) : undefined}
        actions={mayWrite && d && !gone ? <DeploymentActions project={project} deployment={d} /> : null} />
      {gone ? <Notice title="This deployment was deleted" actions={<Link href={deploymentsHref(project)} className="link">All deployments</Link>}>Its replicas are gone; its measured cost stays on the costs page.</Notice> : null}
      {gone ? null : <StaleQuery query={query} />}
      {gone ? null : <AlertStrip project={project} deployment={slug} />}
      <LinkTabs aria-label="Deployment" tabs={[
        { href: base, label: "Overview", exact: true }, { href: `${base}/try`, label: "Try it" }, { href: `${base}/benchmark`, label: "Benchmark" }, { href: `${base}/revisions`, label: "Revisions" },
        { href: `${base}/alerts`, label: "Alerts", count: firing || undefined }, { href: `${base}/logs`, label: "Logs" }, { href: `${base}/manifests`, label: "Manifests" }, { href: `${base}/settings`, label: "Settings" },
      ]} />
    </div>
  );
}
