import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { z } from "zod";
import { LeadPage } from "@/components/leads/lead-page";
import { Prefetch } from "@/components/query/prefetch";
import { SetCrumbs } from "@/components/shell/crumbs";
import { keys } from "@/lib/api-client/query-keys";
import { requirePagePermission } from "@/lib/auth/page-session";
import { AppError } from "@/lib/errors";
import { getLead } from "@/lib/leads/get-lead";

export const metadata: Metadata = { title: "Lead" };

type Props = { params: Promise<{ lead: string }> };

export default async function OneLeadPage({ params }: Props) {
  const actor = await requirePagePermission("lead.manage");
  const { lead: id } = await params;
  if (!z.uuid().safeParse(id).success) notFound();
  const now = new Date();
  const found = await getLead(actor, id, now).catch((error: unknown) => {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  });
  return (
    <Prefetch queries={[{ queryKey: keys.lead(id), queryFn: async () => ({ data: found.lead, etag: found.etag, status: 200 }) }]}>
      <SetCrumbs items={[{ label: "Leads", href: "/app/leads" }, { label: found.lead.name }]} />
      <LeadPage id={id} sender={actor.label} nowMs={now.getTime()} />
    </Prefetch>
  );
}
