import type { Metadata } from "next";
import { Costs } from "@/components/costs/costs";
import { costWindowOf } from "@/components/costs/cost-window";
import { Prefetch } from "@/components/query/prefetch";
import { keys } from "@/lib/api-client/query-keys";
import { requirePageSession } from "@/lib/auth/page-session";
import { costsOf } from "@/lib/costs/costs-of";
import { readableProjects } from "@/lib/projects/readable-projects";

export const metadata: Metadata = { title: "Costs" };

export default async function CostsPage({ searchParams }: { searchParams: Promise<{ window?: string | string[] }> }) {
  const actor = await requirePageSession();
  const window = costWindowOf((await searchParams).window);
  return (
    <Prefetch queries={[{ queryKey: keys.costs(null, window), queryFn: async () => costsOf(await readableProjects(actor), window) }]}>
      <Costs project={null} />
    </Prefetch>
  );
}
