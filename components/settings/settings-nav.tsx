"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { tabClass, tabListClass } from "@/components/ui/tab-class";
import { settingsNavigation } from "./settings-navigation";

/** The settings' pages: in groups at the left, or as one row of tabs where there is no room. */
export function SettingsNav({ permissions }: { permissions: string[] }) {
  const path = usePathname();
  const groups = settingsNavigation(permissions);
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const current = row.current?.querySelector<HTMLElement>("[aria-current=page]");
    if (current && row.current) row.current.scrollLeft = current.offsetLeft - (row.current.clientWidth - current.offsetWidth) / 2;
  }, [path]);
  const current = (href: string) => (path === href || path.startsWith(`${href}/`) ? "page" : undefined);
  return (
    <nav aria-label="Settings" className="min-w-0 lg:sticky lg:top-19">
      <div className="hidden gap-5 lg:grid">
        {groups.map((group) => (
          <div key={group.label} className="grid gap-1">
            <p id={`settings-${group.label}`} className="px-2 text-xs font-medium text-ink-faint">{group.label}</p>
            <ul aria-labelledby={`settings-${group.label}`} className="grid gap-0.5">
              {group.items.map((item) => (
                <li key={item.href}>
                  <Link href={item.href} aria-current={current(item.href)} className="flex h-8 items-center rounded-md px-2 font-medium text-ink-muted transition-colors hover:bg-hover hover:text-ink aria-[current=page]:bg-selected aria-[current=page]:text-ink">{item.label}</Link>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
      <div ref={row} className={`${tabListClass} relative -mx-4 px-4 lg:hidden`}>
        {groups.flatMap((group) => group.items).map((item) => <Link key={item.href} href={item.href} aria-current={current(item.href)} className={tabClass}>{item.label}</Link>)}
      </div>
    </nav>
  );
}
