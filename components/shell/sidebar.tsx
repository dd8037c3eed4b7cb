"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { calls, useActiveAlerts } from "@/components/alerts/use-active-alerts";
import { Wordmark } from "@/components/brand/wordmark";
import { isCurrent, type NavigationItem } from "./navigation";
import { ProjectSwitcher, type ProjectSwitcherProps } from "./project-switcher";

/** Where one can go. The same in the column at the left and in the sheet of a small screen. */
export function Sidebar({ navigation, switcher, footer, onNavigate }: { navigation: NavigationItem[]; switcher: ProjectSwitcherProps; footer?: ReactNode; onNavigate?: () => void }) {
  const path = usePathname();
  const firing = useActiveAlerts().data?.items.filter(calls).length ?? 0;
  return (
    <div className="flex h-full flex-col gap-3">
      <Link href="/app" onClick={onNavigate} className="flex h-9 w-fit items-center rounded-md px-2" aria-label="Slipway, home"><Wordmark /></Link>
      <ProjectSwitcher {...switcher} />
      <nav aria-label="Portal">
        <ul className="grid gap-0.5">
          {navigation.map((item) => (
            <li key={item.href}>
              <Link href={item.href} onClick={onNavigate} aria-current={isCurrent(item, path) ? "page" : undefined}
                className="group flex h-8 items-center gap-2.5 rounded-md px-2 font-medium text-ink-muted transition-colors hover:bg-hover hover:text-ink aria-[current=page]:bg-selected aria-[current=page]:text-ink pointer-coarse:h-10">
                <item.icon aria-hidden className="size-4 text-ink-faint group-hover:text-ink-muted group-aria-[current=page]:text-accent-text" />{item.label}
                {item.href === "/app/alerts" && firing > 0 ? <span className="ml-auto rounded-full bg-failed-soft px-1.5 text-xs font-medium text-failed tabular"><span className="sr-only">, </span>{firing}<span className="sr-only"> firing</span></span> : null}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {footer ? <div className="mt-auto">{footer}</div> : null}
    </div>
  );
}
