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

/** The slip itself: rails that run down to the water line. Decoration, behind everything. */
function Slope() {
  return (
    <svg aria-hidden viewBox="0 0 1440 320" preserveAspectRatio="xMidYMax slice" className="pointer-events-none absolute inset-x-0 bottom-0 -z-10 h-80 w-full text-line" fill="none" stroke="currentColor">
      {Array.from({ length: 7 }, (_, i) => <path key={i} d={`M${-200 + i * 40} ${40 + i * 26} L${1300 + i * 40} 320`} />)}
      {Array.from({ length: 22 }, (_, i) => <path key={`t${i}`} d={`M${20 + i * 62} ${78 + i * 11.6} l150 98`} opacity={0.7} />)}
    </svg>
  );
}
