import type { Metadata } from "next";
import { DeploymentList } from "@/components/deployments/deployment-list";
import { DEPLOYMENTS_A_PAGE, listFilters } from "@/components/deployments/list-filters";
import { Prefetch } from "@/components/query/prefetch";
import { SetCrumbs } from "@/components/shell/crumbs";
import { deploymentsHref } from "@/lib/api-client/hrefs";
import { listKey } from "@/lib/api-client/list-key";
import { keys } from "@/lib/api-client/query-keys";
import { requirePageProject } from "@/lib/auth/page-session";
import { allows } from "@/lib/auth/permissions";
import { listDeployments } from "@/lib/deployments/list-deployments";

export const metadata: Metadata = { title: "Deployments" };

type Props = { params: Promise<{ project: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function ProjectDeploymentsPage({ params, searchParams }: Props) {
  const { actor, project } = await requirePageProject((await params).project, "deployment.read");
  const asked = listFilters(await searchParams);
  const now = new Date();
  return (
    <Prefetch queries={[{ queryKey: listKey(keys.deployments(project.slug), { ...asked, limit: String(DEPLOYMENTS_A_PAGE) }), queryFn: () => listDeployments(project.id, { ...asked, limit: DEPLOYMENTS_A_PAGE, sort: asked.sort ?? "createdAt" }) }]}>
      <SetCrumbs items={[{ label: project.name, href: deploymentsHref(project.slug) }, { label: "Deployments" }]} />
      <DeploymentList key={project.slug} project={{ id: project.id, slug: project.slug, name: project.name }} mayDeploy={allows(actor, "deployment.write", project.id)} nowMs={now.getTime()} />
    </Prefetch>
  );
}
