import { Wordmark } from "@/components/brand/wordmark";
import { buttonClass } from "@/components/ui/button";

const pages = [["/docs", "Start"], ["/docs/api", "API"], ["/docs/problems", "Problems"]] as const;

/** The head of the documentation. `current`: which of its pages this is. */
export function DocsHeader({ current }: { current: (typeof pages)[number][0] }) {
  return (
    <header className="border-b border-line bg-canvas">
      <div className="mx-auto flex min-h-14 max-w-[70rem] flex-wrap items-center gap-x-6 gap-y-1 px-5 py-2 sm:px-8">
        <a href="/" aria-label="Slipway, start page"><Wordmark /></a>
        <nav aria-label="Documentation" className="flex flex-1 items-center gap-1">
          {pages.map(([href, label]) => <a key={href} href={href} aria-current={href === current ? "page" : undefined} className="rounded-md px-2.5 py-1.5 font-medium text-ink-muted hover:bg-hover hover:text-ink aria-[current=page]:text-ink aria-[current=page]:underline aria-[current=page]:decoration-accent aria-[current=page]:decoration-2 aria-[current=page]:underline-offset-8">{label}</a>)}
        </nav>
        <a href="/app" className={buttonClass({ size: "sm" })}>Open Slipway</a>
      </div>
    </header>
  );
}
