import type { ReactNode } from "react";
import { cx } from "./cx";

export type EmptyStateProps = { icon?: ReactNode; title: ReactNode; /** The next step, in a sentence. */ children?: ReactNode; actions?: ReactNode; /** The same by API: a CodeBlock. */ extra?: ReactNode; className?: string; headingLevel?: 1 | 2 | 3 };

/** Nothing here yet, and what to do about it. */
export function EmptyState({ icon, title, children, actions, extra, className, headingLevel = 2 }: EmptyStateProps) {
  const Heading = `h${headingLevel}` as "h1" | "h2" | "h3";
  return (
    <div className={cx("mx-auto grid max-w-md justify-items-center gap-2 px-4 py-12 text-center", className)}>
      {icon ? <span aria-hidden className="mb-1 grid size-10 place-items-center rounded-lg border border-line bg-sunken text-ink-muted [&_svg]:size-5">{icon}</span> : null}
      <Heading className="text-lg font-semibold text-balance">{title}</Heading>
      {children ? <div className="text-ink-muted text-pretty">{children}</div> : null}
      {actions ? <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div> : null}
      {extra ? <div className="mt-4 w-full text-left">{extra}</div> : null}
    </div>
  );
}
