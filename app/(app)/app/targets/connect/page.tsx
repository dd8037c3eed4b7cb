import type { Metadata } from "next";
import { SetCrumbs } from "@/components/shell/crumbs";
import { ConnectFlow } from "@/components/targets/connect-flow";
import { requirePagePermission } from "@/lib/auth/page-session";

export const metadata: Metadata = { title: "Connect a cluster" };

export default async function ConnectPage() {
  await requirePagePermission("target.manage");
  return (
    <>
      <SetCrumbs items={[{ label: "Targets", href: "/app/targets" }, { label: "Connect a cluster" }]} />
      <ConnectFlow />
    </>
  );
}
