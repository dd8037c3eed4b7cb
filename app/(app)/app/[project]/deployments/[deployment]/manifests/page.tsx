import type { Metadata } from "next";
import { manifestsKey } from "@/components/deployments/manifests/manifests-key";
import { ManifestsTab } from "@/components/deployments/manifests/manifests-tab";
import { Prefetch } from "@/components/query/prefetch";
import { requirePageDeployment } from "@/lib/deployments/page-deployment";
import { deploymentManifests } from "@/lib/manifests/deployment-manifests";

type Props = { params: Promise<{ project: string; deployment: string }> };

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({ title: `Manifests of ${(await requirePageDeployment(params)).deployment.slug}` });

export default async function ManifestsPage({ params }: Props) {
  const { project, deployment } = await requirePageDeployment(params);
  return (
    <Prefetch queries={[{ queryKey: manifestsKey(project.slug, deployment.slug), queryFn: () => deploymentManifests(project.id, deployment.slug) }]}>
      <ManifestsTab project={project.slug} slug={deployment.slug} />
    </Prefetch>
  );
}
