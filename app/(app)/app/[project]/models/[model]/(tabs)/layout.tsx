import type { ReactNode } from "react";
import { ModelHeader } from "@/components/models/model-header";
import { Prefetch } from "@/components/query/prefetch";
import { SetCrumbs } from "@/components/shell/crumbs";
import { UploadTo } from "@/components/upload/upload-provider";
import { listKey } from "@/lib/api-client/list-key";
import { modelHref, modelsHref } from "@/lib/api-client/hrefs";
import { keys } from "@/lib/api-client/query-keys";
import { allows } from "@/lib/auth/permissions";
import { listVersions } from "@/lib/models/list-versions";
import { requirePageModel } from "@/lib/models/page-model";

type Props = { params: Promise<{ project: string; model: string }>; children: ReactNode };

/** Head and tabs of a model. Each page below asks for its own rights. */
export default async function ModelLayout({ params, children }: Props) {
  const { actor, project, model } = await requirePageModel(params);
  const may = (permission: "model.write" | "deployment.write" | "version.approve") => allows(actor, permission, project.id);
  return (
    <Prefetch queries={[
      { queryKey: keys.model(project.slug, model.slug), queryFn: async () => model },
      { queryKey: listKey(keys.versions(project.slug, model.slug)), queryFn: () => listVersions(project.id, model.slug, { limit: 50 }) },
    ]}>
      <SetCrumbs items={[{ label: project.name, href: modelsHref(project.slug) }, { label: "Models", href: modelsHref(project.slug) }, { label: model.displayName, href: modelHref(project.slug, model.slug) }]} />
      {may("model.write") ? <UploadTo project={project.slug} model={model.slug} /> : null}
      <ModelHeader project={project.slug} slug={model.slug} mayWrite={may("model.write")} mayDeploy={may("deployment.write")} />
      {children}
    </Prefetch>
  );
}
