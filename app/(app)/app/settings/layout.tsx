import type { ReactNode } from "react";
import { SettingsNav } from "@/components/settings/settings-nav";
import { PERMISSIONS, allows, type Permission } from "@/lib/auth/permissions";
import { requirePageSession } from "@/lib/auth/page-session";

const names = Object.keys(PERMISSIONS) as Permission[];

/** The settings: their own navigation beside every page of them. */
export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const actor = await requirePageSession();
  return (
    <div className="grid items-start gap-x-10 gap-y-5 lg:grid-cols-[10.5rem_minmax(0,1fr)]">
      <SettingsNav permissions={names.filter((p) => allows(actor, p, null))} />
      <div className="grid min-w-0 gap-5">{children}</div>
    </div>
  );
}
