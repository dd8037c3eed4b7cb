import type { Metadata } from "next";
import { DocsHeader } from "@/components/docs/docs-header";
import { CONCEPTS } from "@/components/docs/concepts";
import { quickStart } from "@/components/docs/quick-start";
import { env } from "@/lib/env";

export const metadata: Metadata = { title: "Start · Slipway", description: "From npm run up to a prediction by curl, and the words Slipway uses." };

export default function DocsPage() {
  const steps = quickStart(env().baseUrl, env().gatewayUrl);
  return (
    <>
      <DocsHeader current="/docs" />
      <main className="mx-auto grid max-w-[70rem] gap-12 px-5 py-10 sm:px-8">
        <section className="grid gap-6">
          <div className="grid gap-2">
            <h1 className="text-display-sm font-semibold tracking-tight">From nothing to a prediction</h1>
            <p className="max-w-prose text-ink-muted text-pretty">The portal does all of this with a few clicks, through the same REST API. Each thing is addressed by its slug; every call is in the <a className="link" href="/docs/api">API reference</a>, every error under <a className="link" href="/docs/problems">Problems</a>.</p>
          </div>
          <ol className="grid gap-5">
            {steps.map((step, i) => (
              <li key={step.title} className="grid gap-x-8 gap-y-2 border-t border-line pt-4 lg:grid-cols-[19rem_minmax(0,1fr)]">
                <div><h2 className="text-lg font-semibold"><span className="figure mr-2 text-base text-accent-text">{i + 1}</span>{step.title}</h2><p className="mt-1 text-ink-muted text-pretty">{step.text}</p></div>
                <pre tabIndex={0} aria-label={step.title} className="panel h-fit overflow-x-auto bg-sunken p-4 text-sm leading-5"><code>{step.code}</code></pre>
              </li>
            ))}
          </ol>
        </section>
        <section aria-labelledby="words" className="grid gap-4">
          <h2 id="words" className="text-display-sm font-semibold tracking-tight">Words</h2>
          <dl className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
            {CONCEPTS.map(([word, meaning]) => <div key={word} className="border-t border-line pt-3"><dt className="font-semibold">{word}</dt><dd className="mt-0.5 text-ink-muted text-pretty">{meaning}</dd></div>)}
          </dl>
        </section>
      </main>
    </>
  );
}
