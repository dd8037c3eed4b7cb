import type { Metadata } from "next";
import { SiteFooter } from "@/components/site/site-footer";
import { SiteHeader } from "@/components/site/site-header";

export const metadata: Metadata = { title: "Sent · Slipway", robots: { index: false } };

/** Where the form leads without script. */
export default function ContactThanksPage() {
  return (
    <div className="mx-auto max-w-[70rem] px-5 sm:px-8">
      <SiteHeader />
      <main className="max-w-2xl pb-24 pt-10">
        <h1 className="text-display-sm font-semibold tracking-tight sm:text-display">Sent</h1>
        <p className="mt-3 text-lg text-ink-muted text-pretty">Your message is kept for whoever runs this Slipway. The answer comes to the address you gave.</p>
        <p className="mt-6"><a className="link" href="/">Back to the start page</a></p>
      </main>
      <SiteFooter />
    </div>
  );
}
