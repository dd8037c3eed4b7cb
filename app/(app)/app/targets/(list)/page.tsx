import type { Metadata } from "next";
import { Prefetch } from "@/components/query/prefetch";
import { SetCrumbs } from "@/components/shell/crumbs";
import { TargetList } from "@/components/targets/target-list";
import { keys } from "@/lib/api-client/query-keys";
import { requirePageSession } from "@/lib/auth/page-session";
import { allows } from "@/lib/auth/permissions";
import { listTargets } from "@/lib/targets-catalogue/list-targets";

export const metadata: Metadata = { title: "Targets" };

export default async function TargetsPage() {
  const actor = await requirePageSession();
  return (
    <Prefetch queries={[{ queryKey: keys.targets, queryFn: async () => (await listTargets({ limit: 200 })).items }]}>
      <SetCrumbs items={[{ label: "Targets" }]} />
      <TargetList mayManage={allows(actor, "target.manage", null)} />
    </Prefetch>
  );
}
