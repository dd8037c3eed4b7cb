import type { ReactNode } from "react";

export type PageHeaderProps = { title: ReactNode; /** Beside the title: a Status, a Badge. */ status?: ReactNode; /** Below it: short facts, parted by dots by the page. */ meta?: ReactNode; /** Buttons, the primary last. */ actions?: ReactNode };

/** The one h1 of a page of the portal. */
export function PageHeader({ title, status, meta, actions }: PageHeaderProps) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
      <div className="grid min-w-0 gap-1">
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1"><h1 className="min-w-0 text-xl font-semibold tracking-tight wrap-anywhere">{title}</h1>{status}</div>
        {meta ? <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-muted">{meta}</div> : null}
      </div>
      {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
    </header>
  );
}
