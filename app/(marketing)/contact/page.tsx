import { randomUUID } from "node:crypto";
import { headers } from "next/headers";
import { ContactForm } from "@/components/contact/contact-form";
import { publicMetadata } from "@/components/site/public-metadata";
import { SiteFooter } from "@/components/site/site-footer";
import { SiteHeader } from "@/components/site/site-header";
import { originOf } from "@/lib/contact/origin";
import { CONSENT, TRAP } from "@/lib/contact/schema";
import { env } from "@/lib/env";

export const generateMetadata = () => publicMetadata({ path: "/contact", origin: env().baseUrl, title: "Contact · Slipway", description: "Ask whoever runs this Slipway, without script and without a cookie." });

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** A form that works without script; with it, mistakes are shown beside their fields. */
export default async function ContactPage({ searchParams }: Props) {
  const origin = originOf(await searchParams, (await headers()).get("referer"), new URL(env().baseUrl).origin);
  return (
    <div className="mx-auto max-w-[70rem] px-5 sm:px-8">
      <SiteHeader />
      <main className="grid gap-x-16 gap-y-8 pb-20 pt-10 lg:grid-cols-[1fr_1.2fr]">
        <div>
          <h1 className="text-display-sm font-semibold tracking-tight sm:text-display">Talk to us</h1>
          <p className="mt-3 max-w-md text-lg text-ink-muted text-pretty">Say what you want to run and where it stands today. It is kept for whoever runs this Slipway, who answers by e-mail.</p>
          <ul className="mt-6 grid max-w-md list-disc gap-1.5 pl-5 text-ink-muted">
            <li>What you send stays on this Slipway. No third party gets it, and no cookie is set.</li>
            <li>To have everything about you deleted, write so here or answer any of our mails.</li>
          </ul>
        </div>
        <ContactForm formKey={randomUUID()} origin={origin} consent={CONSENT} trap={TRAP} />
      </main>
      <SiteFooter />
    </div>
  );
}
