import type { Metadata } from "next";
import { LogsTab } from "@/components/deployments/logs/logs-tab";
import { requirePageDeployment } from "@/lib/deployments/page-deployment";

type Props = { params: Promise<{ project: string; deployment: string }> };

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({ title: `Logs of ${(await requirePageDeployment(params)).deployment.slug}` });

export default async function LogsPage({ params }: Props) {
  const { project, deployment } = await requirePageDeployment(params);
  return <LogsTab project={project.slug} slug={deployment.slug} />;
}
