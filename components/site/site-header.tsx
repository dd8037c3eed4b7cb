import { Menu } from "lucide-react";
import { Wordmark } from "@/components/brand/wordmark";
import { buttonClass } from "@/components/ui/button";

const PAGES = [["/calculator", "Calculator"], ["/case-studies", "Case studies"], ["/docs", "Docs"], ["/contact", "Contact"]] as const;

/** The head of the public pages. The menu of small screens opens without a script. */
export function SiteHeader() {
  return (
    <header className="relative flex h-16 items-center justify-between gap-4">
      <a href="/" aria-label="Slipway, start page" className="rounded-sm"><Wordmark size={24} /></a>
      <nav aria-label="Site" className="flex items-center gap-1">
        {PAGES.map(([href, label]) => <a key={href} href={href} className={buttonClass({ variant: "ghost" }, "max-md:hidden")}>{label}</a>)}
        <a href="/sign-in" className={buttonClass({}, "md:ml-2")}>Sign in</a>
        <details className="md:hidden">
          <summary className={buttonClass({ variant: "ghost", icon: true }, "list-none [&::-webkit-details-marker]:hidden")} aria-label="Menu"><Menu aria-hidden /></summary>
          <div className="menu absolute right-0 top-14">{PAGES.map(([href, label]) => <a key={href} href={href} className="menu-item text-lg">{label}</a>)}</div>
        </details>
      </nav>
    </header>
  );
}
