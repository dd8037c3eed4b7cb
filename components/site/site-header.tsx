import { Wordmark } from "@/components/brand/wordmark";
import { buttonClass } from "@/components/ui/button";

/** The head of the public pages. */
export function SiteHeader() {
  return (
    <header className="flex h-16 items-center justify-between gap-4">
      <a href="/" aria-label="Slipway, start page"><Wordmark /></a>
      <nav aria-label="Site" className="flex items-center gap-1 sm:gap-2">
        <a href="/calculator" className={buttonClass({ variant: "ghost" })}>Calculator</a>
        <a href="/docs" className={buttonClass({ variant: "ghost" })}>Docs</a>
        <a href="/sign-in" className={buttonClass()}>Sign in</a>
      </nav>
    </header>
  );
}
