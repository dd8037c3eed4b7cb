import { BellRing, Box, CircleDollarSign, Contact, Cpu, House, LayoutGrid, Rocket, Server, Settings, UserCheck, type LucideIcon } from "lucide-react";

export type NavigationItem = { href: string; label: string; icon: LucideIcon; exact?: boolean; /** Shown to whoever has this right on the instance. */ needs?: string };

/** The sidebar, in its order; the palette offers the same. */
export const navigation: NavigationItem[] = [
  { href: "/app", label: "Home", icon: House, exact: true },
  { href: "/app/deployments", label: "Deployments", icon: Rocket },
  { href: "/app/fleet", label: "Fleet", icon: LayoutGrid },
  { href: "/app/alerts", label: "Alerts", icon: BellRing },
  { href: "/app/approvals", label: "Approvals", icon: UserCheck },
  { href: "/app/models", label: "Models", icon: Box },
  { href: "/app/profiles", label: "Profiles", icon: Cpu },
  { href: "/app/targets", label: "Targets", icon: Server },
  { href: "/app/costs", label: "Costs", icon: CircleDollarSign },
  { href: "/app/leads", label: "Leads", icon: Contact, needs: "lead.manage" },
  { href: "/app/settings", label: "Settings", icon: Settings },
];

export const navigationFor = (permissions: readonly string[]): NavigationItem[] => navigation.filter((n) => !n.needs || permissions.includes(n.needs));

/** Whether `path` is this item's page or one below it. A project's own pages stand below its slug: /app/{project}/models. */
export function isCurrent(item: NavigationItem, path: string): boolean {
  if (path === item.href) return true;
  if (item.exact) return false;
  return path.startsWith(`${item.href}/`) || path.replace(/^\/app\/[^/]+\//, "/app/").concat("/").startsWith(`${item.href}/`);
}
