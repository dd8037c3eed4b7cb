"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { tabClass, tabListClass } from "./tab-class";

export type LinkTabsProps = { tabs: { href: string; label: ReactNode; count?: ReactNode; /** Current only on this very path, not below it. */ exact?: boolean }[]; "aria-label": string; /** Kept on every tab: what they are all about. */ query?: string };

/** Tabs that are pages: each has an address, the back button works. */
export function LinkTabs({ tabs, query, ...rest }: LinkTabsProps) {
  const path = usePathname();
  return (
    <nav aria-label={rest["aria-label"]} className={tabListClass}>
      {tabs.map((t) => {
        const current = path === t.href || (!t.exact && path.startsWith(`${t.href}/`));
        return <Link key={t.href} href={query ? `${t.href}?${query}` : t.href} aria-current={current ? "page" : undefined} className={tabClass}>{t.label}{t.count !== undefined ? <span className="text-ink-faint tabular">{t.count}</span> : null}</Link>;
      })}
    </nav>
  );
}
