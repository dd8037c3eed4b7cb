import type { Metadata } from "next";
import { AlertsPage } from "@/components/alerts/alerts-page";
import { NoProjects } from "@/components/projects/no-projects";
import { Prefetch } from "@/components/query/prefetch";
import { keys } from "@/lib/api-client/query-keys";
import { listActive } from "@/lib/alerts/list-active";
import { listSilences } from "@/lib/alerts/silences";
import { requirePageSession } from "@/lib/auth/page-session";
import { allows } from "@/lib/auth/permissions";
import { readableProjects } from "@/lib/projects/readable-projects";

export const metadata: Metadata = { title: "Alerts" };

export default async function AlertsNowPage() {
  const actor = await requirePageSession();
  const projects = await readableProjects(actor);
  const ids = projects.map((p) => p.id);
  const now = new Date();
  if (projects.length === 0) return <div className="panel"><NoProjects mayCreate={allows(actor, "project.create", null)} /></div>;
  return (
    <Prefetch queries={[
      { queryKey: keys.activeAlerts, queryFn: async () => ({ items: await listActive(ids, {}, now) }) },
      { queryKey: keys.alertSilences, queryFn: async () => ({ items: await listSilences(ids, now) }) },
    ]}>
      <AlertsPage projects={projects.map(({ slug, name }) => ({ slug, name }))} writable={projects.filter((p) => allows(actor, "deployment.write", p.id)).map((p) => p.slug)} nowMs={now.getTime()} />
    </Prefetch>
  );
}
