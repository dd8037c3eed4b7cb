import type { Metadata } from "next";
import { Prefetch } from "@/components/query/prefetch";
import { StatusPage } from "@/components/settings/status-page";
import { keys } from "@/lib/api-client/query-keys";
import { requirePagePermission } from "@/lib/auth/page-session";
import { readStatus } from "@/lib/health/read-status";

export const metadata: Metadata = { title: "Status" };

export default async function OwnStatusPage() {
  await requirePagePermission("user.read");
  return <Prefetch queries={[{ queryKey: keys.status, queryFn: () => readStatus() }]}><StatusPage /></Prefetch>;
}
