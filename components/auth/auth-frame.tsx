import Link from "next/link";
import type { ReactNode } from "react";
import { Wordmark } from "@/components/brand/wordmark";
import { ThemeToggle } from "@/components/shell/theme-toggle";

/** The page around signing in, setting up, an invitation and a reset: the brand, one heading, one thing to do. */
export function AuthFrame({ title, lead, children, foot }: { title: ReactNode; lead?: ReactNode; children: ReactNode; foot?: ReactNode }) {
  return (
    <div className="relative isolate grid min-h-dvh grid-rows-[auto_1fr_auto] overflow-hidden">
      <Slope />
      <header className="flex h-13 items-center justify-between px-4 md:px-6">
        <Link href="/" className="flex h-9 items-center rounded-md" aria-label="Slipway, public page"><Wordmark /></Link>
        <ThemeToggle />
      </header>
      <main className="mx-auto grid w-full max-w-md content-start gap-6 px-4 pb-12 pt-[min(12vh,7rem)]">
        <div className="grid gap-1.5">
          <h1 className="text-display-sm font-semibold tracking-tight text-balance">{title}</h1>
          {lead ? <p className="text-lg text-ink-muted text-pretty">{lead}</p> : null}
        </div>
        {children}
        {foot ? <div className="text-ink-muted">{foot}</div> : null}
      </main>
    </div>
  );
}

/** The slip itself: two rails on their sleepers, down to the water. Decoration, behind everything. */
function Slope() {
  const rail = (x: number, above: number) => 70 + x * 0.19 - above;
  return (
    <svg aria-hidden viewBox="0 0 1440 360" preserveAspectRatio="xMidYMax slice" className="pointer-events-none absolute inset-x-0 bottom-0 -z-10 h-90 w-full text-line" fill="none" stroke="currentColor" strokeLinecap="round">
      {[0, 34].map((above) => <path key={above} d={`M-20 ${rail(-20, above)} L1280 ${rail(1280, above)}`} strokeWidth={2} />)}
      {Array.from({ length: 24 }, (_, i) => i * 54 + 8).map((x) => <path key={x} d={`M${x} ${rail(x, -10)} L${x + 18} ${rail(x + 18, 46)}`} strokeWidth={1.5} />)}
      {[300, 316, 332, 348].map((y, i) => <path key={y} d={`M${1040 - i * 190} ${y} H1460`} strokeDasharray={`${150 - i * 14} ${26 + i * 8}`} strokeWidth={1.5} />)}
    </svg>
  );
}
