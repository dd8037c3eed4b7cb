import type { Metadata } from "next";
import { FleetPage } from "@/components/fleet/fleet-page";
import { Prefetch } from "@/components/query/prefetch";
import { keys } from "@/lib/api-client/query-keys";
import { requirePageSession } from "@/lib/auth/page-session";
import { allows } from "@/lib/auth/permissions";
import { measureFleet } from "@/lib/fleet/measure-fleet";
import { fleetWindowSchema } from "@/lib/fleet/schema";
import { readableProjects } from "@/lib/projects/readable-projects";

export const metadata: Metadata = { title: "Fleet" };

type Props = { searchParams: Promise<{ window?: string | string[]; project?: string | string[] }> };

export default async function FleetOverviewPage({ searchParams }: Props) {
  const actor = await requirePageSession();
  const asked = await searchParams;
  const window = fleetWindowSchema.catch("6h").parse(asked.window);
  const project = typeof asked.project === "string" ? asked.project : null;
  const projects = await readableProjects(actor);
  return (
    <Prefetch queries={[{ queryKey: keys.fleet(window, project), queryFn: () => measureFleet(projects.filter((p) => project === null || p.slug === project), window) }]}>
      <FleetPage projects={projects.map(({ slug, name }) => ({ slug, name }))} writable={projects.filter((p) => allows(actor, "deployment.write", p.id)).map((p) => p.slug)} />
    </Prefetch>
  );
}
