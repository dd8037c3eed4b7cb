import type { Metadata } from "next";
import { DeploymentOverview } from "@/components/deployments/deployment-overview";
import { requirePageDeployment } from "@/lib/deployments/page-deployment";

type Props = { params: Promise<{ project: string; deployment: string }> };

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({ title: (await requirePageDeployment(params)).deployment.slug });

export default async function DeploymentPage({ params }: Props) {
  const { project, deployment } = await requirePageDeployment(params);
  const now = new Date();
  return <DeploymentOverview project={project.slug} slug={deployment.slug} nowMs={now.getTime()} />;
}
