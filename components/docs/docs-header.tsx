import { Wordmark } from "@/components/brand/wordmark";
import { buttonClass } from "@/components/ui/button";
import { DocsSearch } from "./docs-search";

const PAGES = [["/docs", "Docs"], ["/docs/api", "API"], ["/case-studies", "Case studies"]] as const;

/** The head of the documentation. `current`: which of its parts this is. */
export function DocsHeader({ current, wide = false, query }: { current?: (typeof PAGES)[number][0]; /** Over a page that fills the window. */ wide?: boolean; query?: string }) {
  // The reference has a header of its own on small screens; a page has one banner.
  const Frame = wide ? "section" : "header";
  return (
    <Frame aria-label={wide ? "Slipway documentation" : undefined} className="border-b border-line bg-canvas">
      <div className={`mx-auto flex min-h-16 flex-wrap items-center gap-x-6 gap-y-2 py-3 ${wide ? "px-5" : "max-w-[82rem] px-5 sm:px-8"}`}>
        <a href="/" aria-label="Slipway, start page" className="rounded-sm"><Wordmark size={24} /></a>
        <nav aria-label="Documentation" className="flex flex-1 items-center gap-1">
          {PAGES.map(([href, label]) => <a key={href} href={href} aria-current={href === current ? "page" : undefined} className="rounded-md px-2.5 py-1.5 font-medium whitespace-nowrap text-ink-muted hover:bg-hover hover:text-ink aria-[current=page]:text-ink aria-[current=page]:underline aria-[current=page]:decoration-accent aria-[current=page]:decoration-2 aria-[current=page]:underline-offset-8">{label}</a>)}
        </nav>
        <DocsSearch query={query} />
        <a href="/app" className={buttonClass({}, "max-lg:hidden")}>Open Slipway</a>
      </div>
    </Frame>
  );
}
