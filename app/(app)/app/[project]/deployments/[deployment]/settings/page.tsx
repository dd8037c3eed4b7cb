import type { Metadata } from "next";
import { EventList } from "@/components/deployments/settings/event-list";
import { SettingsTab } from "@/components/deployments/settings/settings-tab";
import { allows } from "@/lib/auth/permissions";
import { requirePageDeployment } from "@/lib/deployments/page-deployment";

type Props = { params: Promise<{ project: string; deployment: string }> };

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({ title: `Settings of ${(await requirePageDeployment(params)).deployment.slug}` });

export default async function SettingsPage({ params }: Props) {
  const { actor, project, deployment } = await requirePageDeployment(params);
  const now = new Date();
  return (
    <div className="grid gap-4">
      <SettingsTab project={project.slug} slug={deployment.slug} mayWrite={allows(actor, "deployment.write", project.id)} mayDrill={allows(actor, "deployment.drill", project.id)} nowMs={now.getTime()} />
      <EventList project={project.slug} slug={deployment.slug} nowMs={now.getTime()} />
    </div>
  );
}
