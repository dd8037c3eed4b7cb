import type { Metadata } from "next";
import { ModelOverview } from "@/components/models/model-overview";
import { Prefetch } from "@/components/query/prefetch";
import { listKey } from "@/lib/api-client/list-key";
import { keys } from "@/lib/api-client/query-keys";
import { allows } from "@/lib/auth/permissions";
import { listDeployments } from "@/lib/deployments/list-deployments";
import { requirePageModel } from "@/lib/models/page-model";

type Props = { params: Promise<{ project: string; model: string }> };

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({ title: (await requirePageModel(params)).model.displayName });

export default async function ModelPage({ params }: Props) {
  const { actor, project, model } = await requirePageModel(params);
  const now = new Date();
  return (
    <Prefetch queries={[{ queryKey: listKey(keys.deployments(project.slug), { model: model.slug }), queryFn: () => listDeployments(project.id, { limit: 50, model: model.slug, sort: "createdAt" }) }]}>
      <ModelOverview project={project.slug} slug={model.slug} mayWrite={allows(actor, "model.write", project.id)} nowMs={now.getTime()} />
    </Prefetch>
  );
}
