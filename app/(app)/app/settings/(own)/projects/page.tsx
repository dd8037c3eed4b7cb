import type { Metadata } from "next";
import { Prefetch } from "@/components/query/prefetch";
import { ProjectList } from "@/components/settings/project-list";
import { listKey } from "@/lib/api-client/list-key";
import { keys } from "@/lib/api-client/query-keys";
import { requirePageSession } from "@/lib/auth/page-session";
import { allows } from "@/lib/auth/permissions";
import { listProjects } from "@/lib/projects/list-projects";

export const metadata: Metadata = { title: "Projects" };

export default async function ProjectsPage() {
  const actor = await requirePageSession();
  return (
    <Prefetch queries={[{ queryKey: listKey(keys.projects), queryFn: () => listProjects(actor, { limit: 50 }) }]}>
      <ProjectList mayManage={allows(actor, "project.create", null)} />
    </Prefetch>
  );
}
