"use client";
import { Menu, Search } from "lucide-react";
import { usePathname } from "next/navigation";
import { useCallback, useMemo, useState, type ReactNode } from "react";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { Sheet } from "@/components/ui/sheet";
import { CommandPalette, type PaletteSearch } from "./command-palette";
import { CommandProvider, useRegisterCommands, type Command } from "./commands";
import { CrumbProvider, useCrumbs } from "./crumbs";
import { isCurrent, navigationFor } from "./navigation";
import type { ShellProject } from "./project-switcher";
import { ShortcutHelp } from "./shortcut-help";
import { Sidebar } from "./sidebar";
import { ThemeToggle } from "./theme-toggle";
import { useGoKeys } from "./use-go-keys";
import { useShortcut } from "./use-shortcut";
import { UserMenu, type ShellUser } from "./user-menu";

export type AppShellProps = {
  user: ShellUser; /** On the instance: what the navigation shows. */ permissions: string[]; projects: ShellProject[]; currentProject: string | null; onSelectProject: (slug: string | null) => void; newProjectHref?: string;
  onSignOut: () => void; search?: PaletteSearch; /** Below the navigation: version, connection. */ sidebarFooter?: ReactNode; /** At the top bar's right, before the theme. */ topActions?: ReactNode; children: ReactNode;
};

/** The frame around every page of the portal. The page renders its own h1 (PageHeader) inside. */
export function AppShell(props: AppShellProps) {
  return <CommandProvider><CrumbProvider><Frame {...props} /></CrumbProvider></CommandProvider>;
}

function Frame({ user, permissions, projects, currentProject, onSelectProject, newProjectHref, onSignOut, search, sidebarFooter, topActions, children }: AppShellProps) {
  const path = usePathname();
  const crumbs = useCrumbs();
  const navigation = useMemo(() => navigationFor(permissions), [permissions]);
  const [palette, setPalette] = useState(false);
  const [help, setHelp] = useState(false);
  const [menu, setMenu] = useState(false);
  useShortcut("mod+k", useCallback(() => setPalette((open) => !open), []));
  useShortcut("?", useCallback(() => setHelp(true), []));
  useGoKeys();
  useRegisterCommands(useMemo<Command[]>(() => [
    ...navigation.map((n) => ({ id: `go:${n.href}`, label: n.label, group: "Go to", href: n.href, icon: <n.icon aria-hidden /> })),
    { id: "help:shortcuts", label: "Keyboard shortcuts", group: "Help", run: () => setHelp(true), hint: "?" },
    { id: "help:api", label: "API reference", group: "Help", href: "/docs/api", keywords: ["rest", "openapi", "curl"] },
  ], [navigation]));

  const switcher = { projects, current: currentProject, onSelect: onSelectProject, newProjectHref };
  const here = navigation.find((n) => isCurrent(n, path));
  const items = crumbs.length ? crumbs : here ? [{ label: here.label }] : [];

  return (
    <div className="md:grid md:grid-cols-[14rem_minmax(0,1fr)]">
      <a href="#content" className="sr-only z-60 rounded-md bg-ink px-3 py-2 font-medium text-canvas focus:not-sr-only focus:fixed! focus:left-3 focus:top-3">Skip to the content</a>
      <aside className="sticky top-0 hidden h-dvh overflow-y-auto border-r border-line px-3 py-2.5 md:block"><Sidebar navigation={navigation} switcher={switcher} footer={sidebarFooter} /></aside>
      <Sheet open={menu} onOpenChange={setMenu} side="left" title="Navigation" hideTitle className="w-72!"><Sidebar navigation={navigation} switcher={{ ...switcher, onSelect: (slug) => { setMenu(false); onSelectProject(slug); } }} footer={sidebarFooter} onNavigate={() => setMenu(false)} /></Sheet>
      <div className="flex min-h-dvh min-w-0 flex-col">
        <header className="sticky top-0 z-30 flex h-13 items-center gap-2 border-b border-line bg-canvas/90 px-3 backdrop-blur md:px-6">
          <Button variant="ghost" icon aria-label="Open navigation" className="md:hidden" onClick={() => setMenu(true)}><Menu aria-hidden /></Button>
          <div className="min-w-0 flex-1"><Breadcrumb items={items} /></div>
          <button type="button" onClick={() => setPalette(true)} aria-keyshortcuts="Meta+K Control+K" className="inline-flex h-8 items-center gap-2 rounded-md text-ink-muted hover:text-ink max-sm:w-8 max-sm:justify-center max-sm:hover:bg-hover sm:w-52 sm:border sm:border-line-strong sm:bg-surface sm:px-2.5">
            <Search aria-hidden className="size-4" /><span className="flex-1 text-left max-sm:sr-only">Search<span className="sr-only"> and commands</span></span><span className="max-sm:hidden"><Kbd>⌘K</Kbd></span>
          </button>
          {topActions}
          <ThemeToggle />
          <UserMenu user={user} onSignOut={onSignOut} onShowShortcuts={() => setHelp(true)} />
        </header>
        <main id="content" tabIndex={-1} className="mx-auto grid w-full max-w-[80rem] flex-1 content-start gap-5 px-4 py-5 outline-none md:px-6 md:py-6">{children}</main>
      </div>
      <CommandPalette open={palette} onOpenChange={setPalette} search={search} />
      <ShortcutHelp open={help} onOpenChange={setHelp} />
    </div>
  );
}
