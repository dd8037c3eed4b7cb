import type { Metadata } from "next";
import { fitKey } from "@/components/profiles/use-catalogue";
import { DeployWizard } from "@/components/deploy/deploy-wizard";
import { Prefetch } from "@/components/query/prefetch";
import { SetCrumbs } from "@/components/shell/crumbs";
import { freeName } from "@/components/deploy/choose-defaults";
import { listKey } from "@/lib/api-client/list-key";
import { modelHref, modelsHref } from "@/lib/api-client/hrefs";
import { keys } from "@/lib/api-client/query-keys";
import { listDeployments } from "@/lib/deployments/list-deployments";
import { listEnvironments } from "@/lib/environments/list-environments";
import { fitVersion } from "@/lib/models/fit-version";
import { listVersions } from "@/lib/models/list-versions";
import { requirePageModel } from "@/lib/models/page-model";
import { listProfiles } from "@/lib/profiles/list-profiles";
import { listSecrets } from "@/lib/secrets/list-secrets";
import { listTargets } from "@/lib/targets-catalogue/list-targets";

type Props = { params: Promise<{ project: string; model: string }>; searchParams: Promise<{ version?: string | string[]; profile?: string | string[] }> };

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({ title: `Deploy ${(await requirePageModel(params, "deployment.write")).model.displayName}` });

export default async function DeployPage({ params, searchParams }: Props) {
  const { actor, project, model } = await requirePageModel(params, "deployment.write");
  const { version, profile } = await searchParams;
  const [versions, like] = await Promise.all([
    listVersions(project.id, model.slug, { limit: 50 }),
    listDeployments(project.id, { limit: 200, search: model.slug, sort: "name" }),
  ]);
  const wished = versions.items.find((v) => String(v.version) === version) ?? versions.items.find((v) => v.state === "accepted") ?? versions.items[0];
  return (
    <Prefetch queries={[
      { queryKey: listKey(keys.versions(project.slug, model.slug)), queryFn: async () => versions },
      { queryKey: keys.profiles, queryFn: async () => (await listProfiles({ limit: 10_000 })).items },
      { queryKey: keys.targets, queryFn: async () => (await listTargets({ limit: 200 })).items },
      { queryKey: [...keys.environments(project.slug), "all"], queryFn: async () => (await listEnvironments(actor, project.id, { limit: 200 })).items },
      { queryKey: [...keys.secrets(project.slug), "all"], queryFn: async () => (await listSecrets(actor, project.id, { limit: 200 })).items },
      ...(wished ? [{ queryKey: fitKey({ project: project.slug, model: model.slug, version: wished.version }), queryFn: async () => ({ items: await fitVersion(project.id, model.slug, wished.version, {}) }) }] : []),
    ]}>
      <SetCrumbs items={[{ label: "Models", href: modelsHref(project.slug) }, { label: model.displayName, href: modelHref(project.slug, model.slug) }, { label: "Deploy" }]} />
      <DeployWizard project={project.slug} model={{ slug: model.slug, displayName: model.displayName }} version={wished?.version ?? null} profile={typeof profile === "string" ? profile : undefined} name={freeName(model.slug, new Set(like.items.map((d) => d.slug)))} />
    </Prefetch>
  );
}
