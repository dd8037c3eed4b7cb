import { Wordmark } from "@/components/brand/wordmark";
import { buttonClass } from "@/components/ui/button";

const pages = [["/docs", "Start"], ["/docs/api", "API"], ["/docs/problems", "Problems"]] as const;

/** The head of the documentation. `current`: which of its pages this is. */
export function DocsHeader({ current, wide = false }: { current: (typeof pages)[number][0]; /** Over a page that fills the window. */ wide?: boolean }) {
  // The reference has a header of its own on small screens; a page has one banner.
  const Frame = wide ? "section" : "header";
  return (
    <Frame aria-label={wide ? "Slipway documentation" : undefined} className="border-b border-line bg-canvas">
      <div className={`mx-auto flex min-h-14 flex-wrap items-center gap-x-6 gap-y-1 py-2 ${wide ? "px-5" : "max-w-[70rem] px-5 sm:px-8"}`}>
        <a href="/" aria-label="Slipway, start page"><Wordmark /></a>
        <nav aria-label="Documentation" className="flex flex-1 items-center gap-1">
          {pages.map(([href, label]) => <a key={href} href={href} aria-current={href === current ? "page" : undefined} className="rounded-md px-2.5 py-1.5 font-medium text-ink-muted hover:bg-hover hover:text-ink aria-[current=page]:text-ink aria-[current=page]:underline aria-[current=page]:decoration-accent aria-[current=page]:decoration-2 aria-[current=page]:underline-offset-8">{label}</a>)}
        </nav>
        <a href="/app" className={buttonClass({ size: "sm" })}>Open Slipway</a>
      </div>
    </Frame>
  );
}
