import Link from "next/link";
import { Fragment } from "react";

export type Crumb = { label: string; /** Left out for the page one is on. */ href?: string };

/** Where one is. On a small screen only the parent and the page stay. */
export function Breadcrumb({ items }: { items: Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="min-w-0">
      <ol className="flex min-w-0 items-center gap-1.5">
        {items.map((item, i) => {
          const last = i === items.length - 1;
          const far = i < items.length - 2;
          return (
            <Fragment key={`${i}-${item.label}`}>
              <li className={last ? "min-w-0 truncate" : far ? "shrink-0 max-sm:hidden" : "shrink-0"}>
                {item.href && !last ? <Link href={item.href} className="rounded-sm text-ink-muted hover:text-ink">{item.label}</Link> : <span aria-current={last ? "page" : undefined} className={last ? "font-medium text-ink" : "text-ink-muted"}>{item.label}</span>}
              </li>
              {last ? null : <li aria-hidden className={far ? "text-ink-faint max-sm:hidden" : "text-ink-faint"}>/</li>}
            </Fragment>
          );
        })}
      </ol>
    </nav>
  );
}
