import type { Metadata } from "next";
import { Suspense } from "react";
import { AuditLog } from "@/components/settings/audit-log";
import { requirePagePermission } from "@/lib/auth/page-session";
import { getMe } from "@/lib/users/get-me";

export const metadata: Metadata = { title: "Audit log" };

export default async function AuditPage() {
  const me = await getMe(await requirePagePermission("audit.read"));
  return <Suspense><AuditLog projects={me.projects.map((p) => ({ slug: p.project, name: p.displayName }))} nowMs={new Date().getTime()} /></Suspense>;
}
