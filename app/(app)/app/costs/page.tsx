import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { costQueryOf, costQueryText, loadCostView } from "@/components/costs/cost-query";
import { Costs } from "@/components/costs/costs";
import { Prefetch } from "@/components/query/prefetch";
import { keys } from "@/lib/api-client/query-keys";
import { requirePageSession } from "@/lib/auth/page-session";
import { costSummary } from "@/lib/costs/summary/cost-summary";
import { readableProjects } from "@/lib/projects/readable-projects";

export const metadata: Metadata = { title: "Costs" };

export default async function CostsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const actor = await requirePageSession();
  const view = loadCostView(await searchParams);
  const query = costQueryOf(view, null);
  return (
    <Prefetch queries={query ? [{ queryKey: keys.costSummary(null, costQueryText(view, null)), queryFn: async () => costSummary(await readableProjects(actor), query) }] : []}>
      <Costs project={null} />
    </Prefetch>
  );
}
