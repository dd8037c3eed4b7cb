"use client";
import { useQueryClient } from "@tanstack/react-query";
import { BellPlus, BellRing, FolderPlus, KeyRound, LogOut } from "lucide-react";
import { usePathname } from "next/navigation";
import { useCallback, useEffect, useMemo, type ReactNode } from "react";
import { AlertsLive } from "@/components/alerts/alerts-live";
import { calls, useActiveAlerts } from "@/components/alerts/use-active-alerts";
import { AppShell } from "@/components/shell/app-shell";
import { ChosenProjectProvider, useChosenProject } from "@/components/shell/chosen-project";
import { useRegisterCommands, type Command } from "@/components/shell/commands";
import { OfflineStrip } from "@/components/shell/offline-strip";
import type { ShellProject } from "@/components/shell/project-switcher";
import { searchPortal } from "@/components/shell/search-portal";
import { signOut } from "@/components/shell/sign-out";
import type { ShellUser } from "@/components/shell/user-menu";
import { settingsNavigation } from "@/components/settings/settings-navigation";
import { SIGNED_OUT_EVENT } from "@/lib/api-client/fetch-json";
import { newAlertRuleHref, newProjectHref } from "@/lib/api-client/hrefs";

export type PortalFrameProps = { user: ShellUser; projects: ShellProject[]; chosen: string | null; mayCreateProject: boolean; permissions: string[]; /** Where the person may write alert rules. */ writable: string[]; children: ReactNode };

/** The shell with everything it needs from the browser: search, the chosen project, signing out. */
export function PortalFrame({ projects, chosen, ...rest }: PortalFrameProps) {
  return <ChosenProjectProvider projects={projects} current={chosen}><Wired {...rest} /></ChosenProjectProvider>;
}

function Wired({ user, mayCreateProject, permissions, writable, children }: Omit<PortalFrameProps, "projects" | "chosen">) {
  const client = useQueryClient();
  const { projects, current, choose } = useChosenProject();
  // A page of one project shows that one, whatever was chosen for the pages of all.
  const inPath = usePathname().split("/")[2];
  const onPageOf = projects.find((p) => p.slug === inPath)?.slug;

  const ordered = useMemo(() => [...projects].sort((a, b) => Number(b.slug === current) - Number(a.slug === current)), [projects, current]);
  const search = useCallback((text: string, signal: AbortSignal) => searchPortal(client, ordered, text, signal), [client, ordered]);

  useEffect(() => {
    const leave = () => window.location.assign(`/sign-in?next=${encodeURIComponent(window.location.pathname + window.location.search)}`);
    window.addEventListener(SIGNED_OUT_EVENT, leave, { once: true });
    return () => window.removeEventListener(SIGNED_OUT_EVENT, leave);
  }, []);

  return (
    <AppShell user={user} permissions={permissions} projects={projects} currentProject={onPageOf ?? current} onSelectProject={choose} newProjectHref={mayCreateProject ? newProjectHref : undefined} onSignOut={() => void signOut()} search={search}>
      <AlertsLive />
      <OfflineStrip />
      <PortalCommands mayCreateProject={mayCreateProject} permissions={permissions} writable={writable} />
      {children}
    </AppShell>
  );
}

/** What ⌘K offers on every page beyond the sidebar. Inside the shell, since that holds the list. */
function PortalCommands({ mayCreateProject, permissions, writable }: { mayCreateProject: boolean; permissions: string[]; writable: string[] }) {
  const { projects, current, choose } = useChosenProject();
  const firing = useActiveAlerts().data?.items.filter(calls).length ?? 0;
  const home = writable.find((p) => p === current) ?? writable[0];
  useRegisterCommands(useMemo<Command[]>(() => [
    ...(firing > 0 ? [{ id: "alerts:firing", label: firing === 1 ? "Look at the alert that fires" : `Look at the ${firing} alerts that fire`, group: "Alerts", href: "/app/alerts", icon: <BellRing aria-hidden />, keywords: ["firing", "incident"] }] : []),
    { id: "alerts:history", label: "History of alerts", group: "Alerts", href: "/app/alerts?view=history", icon: <BellRing aria-hidden />, keywords: ["resolved", "incident"] },
    { id: "alerts:rules", label: "Alert rules", group: "Alerts", href: "/app/alerts/rules", icon: <BellRing aria-hidden />, keywords: ["slo", "threshold", "monitor"] },
    { id: "alerts:channels", label: "Alert channels", group: "Alerts", href: "/app/alerts/channels", icon: <BellRing aria-hidden />, keywords: ["webhook", "slack", "mail", "dead letter"] },
    ...(home ? [{ id: "alerts:new", label: "New alert rule", group: "Actions", href: newAlertRuleHref(home), icon: <BellPlus aria-hidden />, keywords: ["create", "monitor"] }] : []),
    ...settingsNavigation(permissions).flatMap((group) => group.items).map((i) => ({ id: `settings:${i.href}`, label: `Settings: ${i.label}`, group: "Settings", href: i.href, icon: <i.icon aria-hidden />, keywords: i.keywords })),
    ...projects.filter((p) => p.slug !== current).map((p) => ({ id: `project:${p.slug}`, label: `Show project ${p.name}`, group: "Projects", run: () => choose(p.slug), keywords: [p.slug, "switch"] })),
    ...(current ? [{ id: "project:all", label: "Show all projects", group: "Projects", run: () => choose(null), keywords: ["switch"] }] : []),
    ...(mayCreateProject ? [{ id: "project:new", label: "New project", group: "Actions", href: newProjectHref, icon: <FolderPlus aria-hidden />, keywords: ["create"] }] : []),
    { id: "token:new", label: "New API token", group: "Actions", href: "/app/settings/tokens?new=true", icon: <KeyRound aria-hidden />, keywords: ["create", "key"] },
    { id: "sign-out", label: "Sign out", group: "Actions", run: () => void signOut(), icon: <LogOut aria-hidden />, keywords: ["log out", "leave"] },
  ], [projects, current, choose, mayCreateProject, permissions, firing, home]));
  return null;
}
