import type { Metadata } from "next";
import { ApprovalList } from "@/components/approvals/approval-list";
import { Prefetch } from "@/components/query/prefetch";
import { listKey } from "@/lib/api-client/list-key";
import { keys } from "@/lib/api-client/query-keys";
import { listApprovals } from "@/lib/approvals/list-approvals";
import { requirePageSession } from "@/lib/auth/page-session";
import { readableProjects } from "@/lib/projects/readable-projects";

export const metadata: Metadata = { title: "Approvals" };

type Props = { searchParams: Promise<{ state?: string | string[] }> };

export default async function ApprovalsPage({ searchParams }: Props) {
  const actor = await requirePageSession();
  const state = (await searchParams).state === "all" ? "all" : "waiting";
  return (
    <Prefetch queries={[{ queryKey: listKey(keys.approvals, { state }), queryFn: async () => listApprovals(actor, (await readableProjects(actor)).map((p) => p.id), { limit: 50, state }) }]}>
      <ApprovalList nowMs={new Date().getTime()} />
    </Prefetch>
  );
}
