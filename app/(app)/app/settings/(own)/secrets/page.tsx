import type { Metadata } from "next";
import { NoProjects } from "@/components/projects/no-projects";
import { Prefetch } from "@/components/query/prefetch";
import { SecretList } from "@/components/settings/secret-list";
import { PageHeader } from "@/components/ui/page-header";
import { listKey } from "@/lib/api-client/list-key";
import { keys } from "@/lib/api-client/query-keys";
import { listSecrets } from "@/lib/secrets/list-secrets";
import { pageSettingsProject } from "@/lib/projects/page-settings-project";

export const metadata: Metadata = { title: "Secrets" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SecretsPage({ searchParams }: Props) {
  const { actor, me, project, choices } = await pageSettingsProject(searchParams);
  if (!project) return <><PageHeader title="Secrets" /><div className="panel"><NoProjects mayCreate={me.permissions.includes("project.create")} /></div></>;
  const now = new Date();
  return (
    <Prefetch queries={[{ queryKey: listKey(keys.secrets(project.slug)), queryFn: () => listSecrets(actor, project.id, { limit: 50 }) }]}>
      <SecretList key={project.slug} project={{ slug: project.slug, name: project.name }} choices={choices} mayManage={project.permissions.includes("secret.write")} nowMs={now.getTime()} />
    </Prefetch>
  );
}
