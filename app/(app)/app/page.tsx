import type { Metadata } from "next";
import { Home } from "@/components/home/home";
import { Prefetch } from "@/components/query/prefetch";
import { PageHeader } from "@/components/ui/page-header";
import { keys } from "@/lib/api-client/query-keys";
import { requirePageSession } from "@/lib/auth/page-session";
import { allows } from "@/lib/auth/permissions";
import { costsOf } from "@/lib/costs/costs-of";
import { env } from "@/lib/env";
import { getOverview } from "@/lib/overview/get-overview";
import { readableProjects } from "@/lib/projects/readable-projects";

export const metadata: Metadata = { title: "Home" };

export default async function HomePage() {
  const actor = await requirePageSession();
  return (
    <>
      <PageHeader title="Home" />
      <Prefetch queries={[
        { queryKey: keys.overview, queryFn: () => getOverview(actor) },
        { queryKey: keys.costs(null, "7d"), queryFn: async () => costsOf(await readableProjects(actor), "7d") },
      ]}>
        <Home baseUrl={env().baseUrl} mayReadAudit={allows(actor, "audit.read", null)} />
      </Prefetch>
    </>
  );
}
