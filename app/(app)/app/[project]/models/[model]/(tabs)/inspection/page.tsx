import type { Metadata } from "next";
import { InspectionPage } from "@/components/models/inspection-page";
import { allows } from "@/lib/auth/permissions";
import { requirePageModel } from "@/lib/models/page-model";

type Props = { params: Promise<{ project: string; model: string }> };

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({ title: `Files of ${(await requirePageModel(params)).model.displayName}` });

export default async function ModelInspectionPage({ params }: Props) {
  const { actor, project, model } = await requirePageModel(params);
  const now = new Date();
  return <InspectionPage project={project.slug} model={model.slug} mayApprove={allows(actor, "version.approve", project.id)} nowMs={now.getTime()} />;
}
