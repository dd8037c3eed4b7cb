import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { NoProjects } from "@/components/projects/no-projects";
import { PageHeader } from "@/components/ui/page-header";
import { deploymentsHref } from "@/lib/api-client/hrefs";
import { requirePageSession } from "@/lib/auth/page-session";
import { chosenProject } from "@/lib/projects/chosen-project";
import { getMe } from "@/lib/users/get-me";

export const metadata: Metadata = { title: "Deployments" };

/** Leads to the deployments of the chosen project, or of the first one. */
export default async function DeploymentsPage() {
  const actor = await requirePageSession();
  const [me, wish] = await Promise.all([getMe(actor), chosenProject()]);
  const project = me.projects.find((p) => p.project === wish) ?? me.projects[0];
  if (project) redirect(deploymentsHref(project.project));
  return <><PageHeader title="Deployments" /><div className="panel"><NoProjects mayCreate={me.permissions.includes("project.create")} /></div></>;
}
