import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { RuleForm } from "@/components/alerts/rule-form";
import { RuleSubjects } from "@/components/alerts/rule-subjects";
import { RuleView } from "@/components/alerts/rule-view";
import { Prefetch } from "@/components/query/prefetch";
import { SetCrumbs } from "@/components/shell/crumbs";
import { PageHeader } from "@/components/ui/page-header";
import { alertRulesHref } from "@/lib/api-client/hrefs";
import { keys } from "@/lib/api-client/query-keys";
import { listChannels } from "@/lib/alerts/channels";
import { findRule } from "@/lib/alerts/rules";
import { requirePageSession } from "@/lib/auth/page-session";
import { allows } from "@/lib/auth/permissions";
import { readableProjects } from "@/lib/projects/readable-projects";

export const metadata: Metadata = { title: "Alert rule" };

export default async function AlertRulePage({ params }: { params: Promise<{ rule: string }> }) {
  const actor = await requirePageSession();
  const id = z.uuid().safeParse((await params).rule);
  const projects = await readableProjects(actor);
  const rule = id.success ? await findRule(projects.map((p) => p.id), id.data) : null;
  const project = projects.find((p) => p.slug === rule?.project);
  if (!rule || !project) notFound();
  const channels = await listChannels([project.id]);
  return (
    <Prefetch queries={[{ queryKey: keys.alertChannels(project.slug), queryFn: async () => ({ items: channels }) }]}>
      <SetCrumbs items={[{ label: "Alerts", href: "/app/alerts" }, { label: "Rules", href: alertRulesHref(project.slug) }, { label: rule.name }]} />
      <PageHeader title={rule.name} meta={`Alert rule of project ${project.name}`} />
      <RuleSubjects rule={rule} nowMs={new Date().getTime()} />
      {allows(actor, "deployment.write", project.id) ? <RuleForm project={project.slug} rule={rule} deployment={null} /> : <RuleView rule={rule} channels={channels} />}
    </Prefetch>
  );
}
