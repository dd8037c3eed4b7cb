import type { ReactNode } from "react";
import { DeploymentHeader } from "@/components/deployments/deployment-header";
import { Prefetch } from "@/components/query/prefetch";
import { SetCrumbs } from "@/components/shell/crumbs";
import { deploymentHref, deploymentsHref } from "@/lib/api-client/hrefs";
import { keys } from "@/lib/api-client/query-keys";
import { allows } from "@/lib/auth/permissions";
import { requirePageDeployment } from "@/lib/deployments/page-deployment";

type Props = { params: Promise<{ project: string; deployment: string }>; children: ReactNode };

/** Head and tabs of a deployment. Each page below asks for its own rights. */
export default async function DeploymentLayout({ params, children }: Props) {
  const { actor, project, deployment, etag } = await requirePageDeployment(params);
  return (
    <Prefetch queries={[{ queryKey: keys.deployment(project.slug, deployment.slug), queryFn: async () => ({ deployment, etag }) }]}>
      <SetCrumbs items={[{ label: project.name, href: deploymentsHref(project.slug) }, { label: "Deployments", href: deploymentsHref(project.slug) }, { label: deployment.slug, href: deploymentHref(project.slug, deployment.slug) }]} />
      <DeploymentHeader project={project.slug} slug={deployment.slug} mayWrite={allows(actor, "deployment.write", project.id)} />
      {children}
    </Prefetch>
  );
}
