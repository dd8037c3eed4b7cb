import type { Metadata } from "next";
import { Playground } from "@/components/playground/playground";
import { requirePageDeployment } from "@/lib/deployments/page-deployment";

type Props = { params: Promise<{ project: string; deployment: string }> };

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({ title: `Try ${(await requirePageDeployment(params)).deployment.slug}` });

export default async function TryPage({ params }: Props) {
  const { project, deployment } = await requirePageDeployment(params);
  return <Playground project={project.slug} deployment={deployment.slug} />;
}
