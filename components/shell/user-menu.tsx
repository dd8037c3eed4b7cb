"use client";
import { Check, Keyboard, LogOut, Monitor, Moon, Sun, User } from "lucide-react";
import { useTheme } from "next-themes";
import { Avatar } from "@/components/ui/avatar";
import { DropdownMenu } from "@/components/ui/dropdown-menu";

export type ShellUser = { name: string; email: string; role?: string };

/** Who is signed in, the theme, the way out. */
export function UserMenu({ user, onSignOut, onShowShortcuts, accountHref = "/app/settings/account" }: { user: ShellUser; onSignOut: () => void; onShowShortcuts: () => void; accountHref?: string }) {
  const { theme, setTheme } = useTheme();
  const themes = [["system", "As the system", Monitor], ["light", "Light", Sun], ["dark", "Dark", Moon]] as const;
  return (
    <DropdownMenu
      trigger={<button type="button" aria-label={`Account of ${user.name}`} className="rounded-full"><Avatar name={user.name} /></button>}
      header={<><p className="truncate font-medium">{user.name}</p><p className="truncate text-sm text-ink-muted">{user.email}{user.role ? ` · ${user.role}` : ""}</p></>}
      groups={[
        { items: [{ label: "Account and sessions", href: accountHref, icon: <User aria-hidden /> }, { label: "Keyboard shortcuts", onSelect: onShowShortcuts, icon: <Keyboard aria-hidden />, hint: "?" }] },
        { label: "Theme", items: themes.map(([value, label, Icon]) => ({ label, icon: <Icon aria-hidden />, onSelect: () => setTheme(value), hint: theme === value ? <Check aria-label="chosen" className="size-4" /> : undefined })) },
        { items: [{ label: "Sign out", onSelect: onSignOut, icon: <LogOut aria-hidden /> }] },
      ]} />
  );
}
