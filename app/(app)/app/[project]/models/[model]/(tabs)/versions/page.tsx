import type { Metadata } from "next";
import { VersionList } from "@/components/models/version-list";
import { allows } from "@/lib/auth/permissions";
import { requirePageModel } from "@/lib/models/page-model";

type Props = { params: Promise<{ project: string; model: string }> };

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({ title: `Versions of ${(await requirePageModel(params)).model.displayName}` });

export default async function VersionsPage({ params }: Props) {
  const { actor, project, model } = await requirePageModel(params);
  const now = new Date();
  return <VersionList project={project.slug} model={model.slug} mayWrite={allows(actor, "model.write", project.id)} mayApprove={allows(actor, "version.approve", project.id)} mayDeploy={allows(actor, "deployment.write", project.id)} nowMs={now.getTime()} />;
}
