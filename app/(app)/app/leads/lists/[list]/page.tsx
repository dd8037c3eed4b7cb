import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { LeadListPage } from "@/components/leads/lists/lead-list-page";
import { Prefetch } from "@/components/query/prefetch";
import { SetCrumbs } from "@/components/shell/crumbs";
import { keys } from "@/lib/api-client/query-keys";
import { requirePagePermission } from "@/lib/auth/page-session";
import { AppError } from "@/lib/errors";
import { getList } from "@/lib/leads/import/read-lists";

export const metadata: Metadata = { title: "List of leads" };

type Props = { params: Promise<{ list: string }> };

export default async function OneLeadListPage({ params }: Props) {
  const actor = await requirePagePermission("lead.manage");
  const { list: id } = await params;
  if (!z.uuid().safeParse(id).success) notFound();
  const list = await getList(actor, id).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  });
  return (
    <Prefetch queries={[{ queryKey: [...keys.leadImports, "one", id], queryFn: async () => list }]}>
      <SetCrumbs items={[{ label: "Leads", href: "/app/leads" }, { label: "Lists", href: "/app/leads/lists" }, { label: list.filename }]} />
      <LeadListPage id={id} />
    </Prefetch>
  );
}
