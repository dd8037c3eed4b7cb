import type { Metadata } from "next";
import { NoProjects } from "@/components/projects/no-projects";
import { Prefetch } from "@/components/query/prefetch";
import { EnvironmentList } from "@/components/settings/environment-list";
import { PageHeader } from "@/components/ui/page-header";
import { listKey } from "@/lib/api-client/list-key";
import { keys } from "@/lib/api-client/query-keys";
import { listEnvironments } from "@/lib/environments/list-environments";
import { pageSettingsProject } from "@/lib/projects/page-settings-project";

export const metadata: Metadata = { title: "Environments" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function EnvironmentsPage({ searchParams }: Props) {
  const { actor, me, project, choices } = await pageSettingsProject(searchParams);
  if (!project) return <><PageHeader title="Environments" /><div className="panel"><NoProjects mayCreate={me.permissions.includes("project.create")} /></div></>;
  const now = new Date();
  return (
    <Prefetch queries={[{ queryKey: listKey(keys.environments(project.slug)), queryFn: () => listEnvironments(actor, project.id, { limit: 50 }) }]}>
      <EnvironmentList key={project.slug} project={{ slug: project.slug, name: project.name }} choices={choices} mayManage={project.permissions.includes("project.update")} nowMs={now.getTime()} />
    </Prefetch>
  );
}
