import type { Metadata } from "next";
import { Costs } from "@/components/costs/costs";
import { costWindowOf } from "@/components/costs/cost-window";
import { Prefetch } from "@/components/query/prefetch";
import { SetCrumbs } from "@/components/shell/crumbs";
import { keys } from "@/lib/api-client/query-keys";
import { requirePageProject } from "@/lib/auth/page-session";
import { costsOf } from "@/lib/costs/costs-of";

type Props = { params: Promise<{ project: string }>; searchParams: Promise<{ window?: string | string[] }> };

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({ title: `Costs of ${(await params).project}` });

export default async function ProjectCostsPage({ params, searchParams }: Props) {
  const { project } = await requirePageProject((await params).project, "deployment.read");
  const window = costWindowOf((await searchParams).window);
  return (
    <Prefetch queries={[{ queryKey: keys.costs(project.slug, window), queryFn: () => costsOf([project], window) }]}>
      <SetCrumbs items={[{ label: "Costs", href: "/app/costs" }, { label: project.name }]} />
      <Costs project={project.slug} />
    </Prefetch>
  );
}
