import { GeistSans } from "geist/font/sans";
import type { Metadata } from "next";
import { Wordmark } from "@/components/brand/wordmark";
import { buttonClass } from "@/components/ui/button";
import "./globals.css";

export const metadata: Metadata = { title: "Page not found · Slipway" };

/** Answers an address that no page has. A document of its own; the system's theme holds, plain links work without JavaScript. */
export default function GlobalNotFound() {
  return (
    <html lang="en" className={GeistSans.variable}>
      <body className="grid min-h-dvh grid-rows-[auto_1fr] p-6">
        <a href="/" aria-label="Slipway, start page" className="w-fit rounded-sm"><Wordmark /></a>
        <main className="grid max-w-md content-center justify-self-center gap-3 pb-24">
          <p className="figure text-ink-faint">404</p>
          <h1 className="text-display-sm font-semibold tracking-tight">There is no page at this address</h1>
          <p className="text-lg text-ink-muted">It may have been deleted or renamed, or the address has a typing error. Models and deployments are found from the portal’s home.</p>
          <p className="mt-3 flex gap-2"><a href="/app" className={buttonClass({ variant: "primary" })}>Open the portal</a><a href="/" className={buttonClass()}>Start page</a></p>
        </main>
      </body>
    </html>
  );
}
