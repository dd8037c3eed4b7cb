import { Activity, Fingerprint, FolderKanban, Layers, LockKeyhole, MonitorSmartphone, ScrollText, User, Users, UsersRound, type LucideIcon } from "lucide-react";
import type { Permission } from "@/lib/auth/permissions";

export type SettingsItem = { href: string; label: string; icon: LucideIcon; keywords?: string[]; /** On the instance; without it the page is not offered. */ needs?: Permission };
export type SettingsGroup = { label: string; items: SettingsItem[] };

const groups: SettingsGroup[] = [
  { label: "You", items: [
    { href: "/app/settings/account", label: "Account", icon: User, keywords: ["password", "name", "profile"] },
    { href: "/app/settings/sessions", label: "Sessions", icon: MonitorSmartphone, keywords: ["devices", "sign out"] },
    { href: "/app/settings/tokens", label: "API tokens", icon: Fingerprint, keywords: ["keys", "automation"] },
  ] },
  { label: "Projects", items: [
    { href: "/app/settings/projects", label: "Projects", icon: FolderKanban, keywords: ["quota", "storage"] },
    { href: "/app/settings/members", label: "Members", icon: UsersRound, keywords: ["team", "role"] },
    { href: "/app/settings/environments", label: "Environments", icon: Layers, keywords: ["budget", "approval", "prod"] },
    { href: "/app/settings/secrets", label: "Secrets", icon: LockKeyhole, keywords: ["variables"] },
  ] },
  { label: "Instance", items: [
    { href: "/app/settings/users", label: "People", icon: Users, keywords: ["users", "invite", "owner"], needs: "user.read" },
    { href: "/app/settings/audit", label: "Audit log", icon: ScrollText, keywords: ["history", "verify", "chain"], needs: "audit.read" },
    { href: "/app/settings/status", label: "Status", icon: Activity, keywords: ["health", "worker", "queue", "database", "disk"], needs: "user.read" },
  ] },
];

/** The pages of the settings that these rights on the instance open, by group. */
export function settingsNavigation(permissions: readonly string[]): SettingsGroup[] {
  return groups
    .map((g) => ({ ...g, items: g.items.filter((i) => !i.needs || permissions.includes(i.needs)) }))
    .filter((g) => g.items.length > 0);
}
