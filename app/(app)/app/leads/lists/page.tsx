import type { Metadata } from "next";
import { LeadLists } from "@/components/leads/lists/lead-lists";
import { SetCrumbs } from "@/components/shell/crumbs";
import { requirePagePermission } from "@/lib/auth/page-session";

export const metadata: Metadata = { title: "Lists of leads" };

export default async function LeadListsPage() {
  await requirePagePermission("lead.manage");
  return (
    <>
      <SetCrumbs items={[{ label: "Leads", href: "/app/leads" }, { label: "Lists" }]} />
      <LeadLists nowMs={new Date().getTime()} />
    </>
  );
}
