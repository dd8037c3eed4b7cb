import { GeistSans } from "geist/font/sans";
import type { Metadata } from "next";
import { headers } from "next/headers";
import { Wordmark } from "@/components/brand/wordmark";
import { ThemeScript } from "@/components/theme/theme-script";
import { buttonClass } from "@/components/ui/button";
import "./globals.css";

export const metadata: Metadata = { title: "Page not found · Slipway" };

/** Answers an address that no page has. A document of its own; plain links work without JavaScript. Rendered per request, since a prerendered page carries no nonce. */
export default async function GlobalNotFound() {
  await headers();
  return (
    <html lang="en" className={GeistSans.variable} suppressHydrationWarning>
      <head><ThemeScript /></head>
      <body className="grid min-h-dvh grid-rows-[auto_1fr] p-6">
        <header><a href="/" className="inline-block rounded-sm"><Wordmark /></a></header>
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
