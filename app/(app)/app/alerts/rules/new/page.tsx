import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { RuleForm } from "@/components/alerts/rule-form";
import { Prefetch } from "@/components/query/prefetch";
import { SetCrumbs } from "@/components/shell/crumbs";
import { PageHeader } from "@/components/ui/page-header";
import { alertRulesHref } from "@/lib/api-client/hrefs";
import { keys } from "@/lib/api-client/query-keys";
import { listChannels } from "@/lib/alerts/channels";
import { slugSchema } from "@/lib/api/schema";
import { pageSettingsProject } from "@/lib/projects/page-settings-project";

export const metadata: Metadata = { title: "New alert rule" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function NewAlertRulePage({ searchParams }: Props) {
  const { project } = await pageSettingsProject(searchParams);
  if (!project?.permissions.includes("deployment.write")) notFound();
  const deployment = slugSchema.safeParse((await searchParams).deployment);
  return (
    <Prefetch queries={[{ queryKey: keys.alertChannels(project.slug), queryFn: async () => ({ items: await listChannels([project.id]) }) }]}>
      <SetCrumbs items={[{ label: "Alerts", href: "/app/alerts" }, { label: "Rules", href: alertRulesHref(project.slug) }, { label: "New rule" }]} />
      <PageHeader title="New alert rule" meta={`In project ${project.name}`} />
      <RuleForm project={project.slug} rule={null} deployment={deployment.success ? deployment.data : null} />
    </Prefetch>
  );
}
