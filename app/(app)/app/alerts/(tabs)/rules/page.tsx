import type { Metadata } from "next";
import { RuleList } from "@/components/alerts/rule-list";
import { NoProjects } from "@/components/projects/no-projects";
import { Prefetch } from "@/components/query/prefetch";
import { keys } from "@/lib/api-client/query-keys";
import { listRules } from "@/lib/alerts/rules";
import { pageSettingsProject } from "@/lib/projects/page-settings-project";

export const metadata: Metadata = { title: "Alert rules" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function AlertRulesPage({ searchParams }: Props) {
  const { me, project, choices } = await pageSettingsProject(searchParams);
  if (!project?.permissions.includes("deployment.read")) return <div className="panel"><NoProjects mayCreate={me.permissions.includes("project.create")} /></div>;
  return (
    <Prefetch queries={[{ queryKey: keys.alertRules(project.slug), queryFn: async () => ({ items: await listRules([project.id]) }) }]}>
      <RuleList key={project.slug} project={{ slug: project.slug, name: project.name }} choices={choices} mayWrite={project.permissions.includes("deployment.write")} />
    </Prefetch>
  );
}
