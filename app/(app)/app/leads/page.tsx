import type { Metadata } from "next";
import { Suspense } from "react";
import { Leads } from "@/components/leads/leads";
import { requirePagePermission } from "@/lib/auth/page-session";

export const metadata: Metadata = { title: "Leads" };

export default async function LeadsPage() {
  await requirePagePermission("lead.manage");
  return <Suspense><Leads nowMs={new Date().getTime()} /></Suspense>;
}
