import type { Metadata } from "next";
import { NoProjects } from "@/components/projects/no-projects";
import { Prefetch } from "@/components/query/prefetch";
import { MemberList } from "@/components/settings/member-list";
import { PageHeader } from "@/components/ui/page-header";
import { listKey } from "@/lib/api-client/list-key";
import { keys } from "@/lib/api-client/query-keys";
import { listMembers } from "@/lib/members/list-members";
import { pageSettingsProject } from "@/lib/projects/page-settings-project";

export const metadata: Metadata = { title: "Members" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function MembersPage({ searchParams }: Props) {
  const { actor, me, project, choices } = await pageSettingsProject(searchParams);
  if (!project) return <><PageHeader title="Members" /><div className="panel"><NoProjects mayCreate={me.permissions.includes("project.create")} /></div></>;
  const now = new Date();
  return (
    <Prefetch queries={[{ queryKey: listKey(keys.members(project.slug)), queryFn: () => listMembers(actor, project.id, { limit: 50 }) }]}>
      <MemberList key={project.slug} project={{ slug: project.slug, name: project.name }} choices={choices} mayManage={project.permissions.includes("member.manage")} nowMs={now.getTime()} />
    </Prefetch>
  );
}
