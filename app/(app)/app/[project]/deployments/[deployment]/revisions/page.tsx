import type { Metadata } from "next";
import { RevisionsTab } from "@/components/deployments/revisions/revisions-tab";
import { revisionsKey } from "@/components/deployments/revisions/revision-keys";
import { Prefetch } from "@/components/query/prefetch";
import { listKey } from "@/lib/api-client/list-key";
import { allows } from "@/lib/auth/permissions";
import { listRevisions } from "@/lib/deployments/list-revisions";
import { requirePageDeployment } from "@/lib/deployments/page-deployment";

type Props = { params: Promise<{ project: string; deployment: string }> };

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({ title: `Revisions of ${(await requirePageDeployment(params)).deployment.slug}` });

export default async function RevisionsPage({ params }: Props) {
  const { actor, project, deployment } = await requirePageDeployment(params);
  const now = new Date();
  return (
    <Prefetch queries={[{ queryKey: listKey(revisionsKey(project.slug, deployment.slug)), queryFn: () => listRevisions(project.id, deployment.slug, { limit: 50 }) }]}>
      <RevisionsTab project={project.slug} slug={deployment.slug} mayWrite={allows(actor, "deployment.write", project.id)} nowMs={now.getTime()} />
    </Prefetch>
  );
}
