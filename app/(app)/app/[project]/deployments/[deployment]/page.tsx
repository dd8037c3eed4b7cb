import type { Metadata } from "next";
import { DeploymentOverview } from "@/components/deployments/deployment-overview";
import { measureKeys } from "@/components/deployments/measure-keys";
import { spanOf } from "@/components/deployments/measure-range";
import { firstWindow, METRIC_WINDOWS } from "@/components/deployments/metric-window";
import { Prefetch } from "@/components/query/prefetch";
import { allows } from "@/lib/auth/permissions";
import { deploymentCosts } from "@/lib/costs/deployment-costs";
import { listEvents } from "@/lib/deployments/list-events";
import { requirePageDeployment } from "@/lib/deployments/page-deployment";
import { measuresElsewhere } from "@/lib/observability/elsewhere";
import { measureDeployment } from "@/lib/observability/measure-deployment";

type Props = { params: Promise<{ project: string; deployment: string }>; searchParams: Promise<{ window?: string | string[]; revision?: string | string[]; from?: string | string[]; to?: string | string[] }> };

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({ title: (await requirePageDeployment(params)).deployment.slug });

export default async function DeploymentPage({ params, searchParams }: Props) {
  const { actor, project, deployment: d } = await requirePageDeployment(params);
  const asked = await searchParams;
  const revision = typeof asked.revision === "string" && /^[1-9]\d{0,8}$/.test(asked.revision) ? Number(asked.revision) : null;
  const whole = (text: string | string[] | undefined) => (typeof text === "string" && /^\d{1,11}$/.test(text) ? Number(text) : null);
  const span = spanOf(whole(asked.from), whole(asked.to));
  const now = new Date();
  const window = METRIC_WINDOWS.find((w) => w === asked.window) ?? firstWindow(d.createdAt, now.getTime());
  return (
    <Prefetch queries={[
      { queryKey: measureKeys.metrics(project.slug, d.slug, window, revision, span), queryFn: () => measureDeployment(d.id, { window, revision: revision ?? undefined, between: span ?? undefined, now }) },
      { queryKey: measureKeys.events(project.slug, d.slug), queryFn: () => listEvents(project.id, d.slug, { limit: 200 }) },
      { queryKey: measureKeys.costs(project.slug, d.slug), queryFn: () => deploymentCosts({ id: d.id, projectId: project.id, project: project.slug }, "30d", now) },
    ]}>
      <DeploymentOverview project={project.slug} slug={d.slug} mayWrite={allows(actor, "deployment.write", project.id)} nowMs={now.getTime()} elsewhere={await measuresElsewhere({ ...d, project: project.slug, projectId: project.id })} />
    </Prefetch>
  );
}
