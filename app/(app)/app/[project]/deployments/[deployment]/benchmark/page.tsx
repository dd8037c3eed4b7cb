import type { Metadata } from "next";
import { LoadTests } from "@/components/load-tests/load-tests";
import { allows } from "@/lib/auth/permissions";
import { requirePageDeployment } from "@/lib/deployments/page-deployment";

type Props = { params: Promise<{ project: string; deployment: string }> };

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({ title: `Benchmark ${(await requirePageDeployment(params)).deployment.slug}` });

export default async function BenchmarkPage({ params }: Props) {
  const { actor, project, deployment } = await requirePageDeployment(params);
  return <LoadTests project={project.slug} deployment={deployment.slug} mayWrite={allows(actor, "deployment.write", project.id)} />;
}
