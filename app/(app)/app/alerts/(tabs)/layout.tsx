import { Suspense, type ReactNode } from "react";
import { AlertTabs } from "@/components/alerts/alert-tabs";
import { PageHeader } from "@/components/ui/page-header";

/** Head and tabs of the alerts. Each page below asks for its own rights. */
export default function AlertsLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <div className="grid gap-4"><PageHeader title="Alerts" meta="What fires, what is watched, and who is told." /><Suspense><AlertTabs /></Suspense></div>
      {children}
    </>
  );
}
