import type { Metadata } from "next";
import { ChannelList } from "@/components/alerts/channel-list";
import { NoProjects } from "@/components/projects/no-projects";
import { Prefetch } from "@/components/query/prefetch";
import { keys } from "@/lib/api-client/query-keys";
import { listChannels } from "@/lib/alerts/channels";
import { mailIsConfigured } from "@/lib/mail/send-mail";
import { pageSettingsProject } from "@/lib/projects/page-settings-project";

export const metadata: Metadata = { title: "Alert channels" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function AlertChannelsPage({ searchParams }: Props) {
  const { me, project, choices } = await pageSettingsProject(searchParams);
  if (!project?.permissions.includes("deployment.read")) return <div className="panel"><NoProjects mayCreate={me.permissions.includes("project.create")} /></div>;
  return (
    <Prefetch queries={[{ queryKey: keys.alertChannels(project.slug), queryFn: async () => ({ items: await listChannels([project.id]) }) }]}>
      <ChannelList key={project.slug} project={{ slug: project.slug, name: project.name }} choices={choices} mayWrite={project.permissions.includes("deployment.write")} mailWorks={mailIsConfigured()} nowMs={new Date().getTime()} />
    </Prefetch>
  );
}
