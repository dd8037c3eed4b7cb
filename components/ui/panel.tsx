import type { ReactNode } from "react";
import { cx } from "./cx";

export type PanelProps = { title?: ReactNode; description?: ReactNode; actions?: ReactNode; children?: ReactNode; footer?: ReactNode; /** For a table or a chart that reaches the edges. */ flush?: boolean; className?: string; headingLevel?: 2 | 3; id?: string };

/** A section of a page with a heading of its own. */
export function Panel({ title, description, actions, children, footer, flush = false, className, headingLevel = 2, id }: PanelProps) {
  const Heading = `h${headingLevel}` as "h2" | "h3";
  return (
    <section id={id} className={cx("panel min-w-0", className)}>
      {title || actions ? (
        <header className={cx("flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 pt-3", flush ? "pb-3" : "")}>
          <div className="grid min-w-0 gap-0.5">
            {title ? <Heading className="text-base font-semibold">{title}</Heading> : null}
            {description ? <p className="text-sm text-ink-muted">{description}</p> : null}
          </div>
          {actions ? <div className="flex items-center gap-2">{actions}</div> : null}
        </header>
      ) : null}
      {children !== undefined ? <div className={flush ? "" : "p-4"}>{children}</div> : null}
      {footer ? <footer className="border-t border-line px-4 py-2.5 text-sm text-ink-muted">{footer}</footer> : null}
    </section>
  );
}
