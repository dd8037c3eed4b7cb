"use client";
import { useSearchParams } from "next/navigation";
import { calls, useActiveAlerts } from "@/components/alerts/use-active-alerts";
import { LinkTabs } from "@/components/ui/link-tabs";

/** What fires, the rules, the channels. The project in the address goes along. */
export function AlertTabs() {
  const project = useSearchParams().get("project");
  const firing = useActiveAlerts().data?.items.filter((a) => calls(a) && (project === null || a.project === project)).length;
  const query = project === null ? undefined : `project=${encodeURIComponent(project)}`;
  return <LinkTabs aria-label="Alerts" query={query} tabs={[{ href: "/app/alerts", label: "Now and before", exact: true, count: firing || undefined }, { href: "/app/alerts/rules", label: "Rules" }, { href: "/app/alerts/channels", label: "Channels" }]} />;
}
