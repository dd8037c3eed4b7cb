import type { Metadata } from "next";
import { ModelList } from "@/components/models/model-list";
import { Prefetch } from "@/components/query/prefetch";
import { SetCrumbs } from "@/components/shell/crumbs";
import { listKey } from "@/lib/api-client/list-key";
import { keys } from "@/lib/api-client/query-keys";
import { requirePageProject } from "@/lib/auth/page-session";
import { allows } from "@/lib/auth/permissions";
import { listModels } from "@/lib/models/list-models";

export const metadata: Metadata = { title: "Models" };

type Props = { params: Promise<{ project: string }>; searchParams: Promise<{ search?: string | string[] }> };

export default async function ProjectModelsPage({ params, searchParams }: Props) {
  const { actor, project } = await requirePageProject((await params).project, "model.read");
  const asked = (await searchParams).search;
  const search = typeof asked === "string" ? asked.slice(0, 80) : undefined;
  const now = new Date();
  return (
    <Prefetch queries={[{ queryKey: listKey(keys.models(project.slug), { search }), queryFn: () => listModels(project.id, { limit: 50, search: search || undefined }) }]}>
      <SetCrumbs items={[{ label: project.name, href: `/app/${project.slug}/models` }, { label: "Models" }]} />
      <ModelList key={project.slug} project={{ slug: project.slug, name: project.name }} mayWrite={allows(actor, "model.write", project.id)} nowMs={now.getTime()} />
    </Prefetch>
  );
}
