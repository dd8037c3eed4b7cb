import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { costQueryOf, costQueryText, loadCostView } from "@/components/costs/cost-query";
import { Costs } from "@/components/costs/costs";
import { Prefetch } from "@/components/query/prefetch";
import { SetCrumbs } from "@/components/shell/crumbs";
import { keys } from "@/lib/api-client/query-keys";
import { requirePageProject } from "@/lib/auth/page-session";
import { costSummary } from "@/lib/costs/summary/cost-summary";

type Props = { params: Promise<{ project: string }>; searchParams: Promise<SearchParams> };

export const generateMetadata = async ({ params }: Props): Promise<Metadata> => ({ title: `Costs of ${(await params).project}` });

export default async function ProjectCostsPage({ params, searchParams }: Props) {
  const { project } = await requirePageProject((await params).project, "deployment.read");
  const view = loadCostView(await searchParams);
  const query = costQueryOf(view, project.slug);
  return (
    <Prefetch queries={query ? [{ queryKey: keys.costSummary(project.slug, costQueryText(view, project.slug)), queryFn: () => costSummary([project], query) }] : []}>
      <SetCrumbs items={[{ label: "Costs", href: "/app/costs" }, { label: project.name }]} />
      <Costs project={project.slug} />
    </Prefetch>
  );
}
