import type { Metadata } from "next";
import { DeploymentAlerts } from "@/components/alerts/deployment-alerts";
import { Prefetch } from "@/components/query/prefetch";
import { keys } from "@/lib/api-client/query-keys";
import { listRules } from "@/lib/alerts/rules";
import { allows } from "@/lib/auth/permissions";
import { requirePageDeployment } from "@/lib/deployments/page-deployment";

type Props = { params: Promise<{ project: string; deployment: string }> };

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({ title: `Alerts of ${(await params).deployment}` });

export default async function DeploymentAlertsPage({ params }: Props) {
  const { actor, project, deployment } = await requirePageDeployment(params);
  return (
    <Prefetch queries={[{ queryKey: keys.alertRules(project.slug), queryFn: async () => ({ items: await listRules([project.id]) }) }]}>
      <DeploymentAlerts project={project.slug} deployment={deployment.slug} mayWrite={allows(actor, "deployment.write", project.id)} nowMs={new Date().getTime()} />
    </Prefetch>
  );
}
