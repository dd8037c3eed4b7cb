"use client";
import { DeployTimeline } from "@/components/deployments/deploy-timeline";
import { useDeployment } from "@/components/deployments/use-deployment";

/** State, measures and cost of a deployment on one page. */
export function DeploymentOverview({ project, slug, nowMs }: { project: string; slug: string; nowMs: number }) {
  const { data: d } = useDeployment(project, slug);
  if (!d) return null;
  return <DeployTimeline deployment={d} nowMs={nowMs} />;
}
