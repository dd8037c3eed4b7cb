import type { Metadata } from "next";
import { NoProjects } from "@/components/projects/no-projects";
import { PageHeader } from "@/components/ui/page-header";
import { allows } from "@/lib/auth/permissions";
import { requirePageSession } from "@/lib/auth/page-session";
import { listProjects } from "@/lib/projects/list-projects";

export const metadata: Metadata = { title: "Home" };

export default async function HomePage() {
  const actor = await requirePageSession();
  const projects = await listProjects(actor, { limit: 200 });
  return (
    <>
      <PageHeader title="Home" />
      {projects.items.length === 0 ? <NoProjects mayCreate={allows(actor, "project.create", null)} /> : null}
    </>
  );
}
