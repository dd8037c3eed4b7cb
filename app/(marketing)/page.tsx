import { ArrowRight, Check } from "lucide-react";
import { Apart } from "@/components/site/apart";
import { Flow } from "@/components/site/flow";
import { measuredFigures } from "@/components/site/measured";
import { Plans } from "@/components/site/plans";
import { Shot } from "@/components/site/shot";
import { SiteFooter } from "@/components/site/site-footer";
import { SiteHeader } from "@/components/site/site-header";
import { StructuredData } from "@/components/site/structured-data";
import { buttonClass } from "@/components/ui/button";
import { QUESTIONS } from "@/content/site/questions";

const heading = "text-display-sm font-semibold tracking-tight text-balance sm:text-display";
const PEOPLE = [
  ["ML engineers", "deploy, try and roll back a model themselves, without YAML or a ticket."],
  ["Platform engineers", "keep profiles, quotas, budgets, roles and the audit log in one place."],
  ["Automation", "does all of it over the REST API that the portal itself uses."],
] as const;

/** The public start page: what Slipway does and for whom, shown by the product itself. */
export default function StartPage() {
  const figures = measuredFigures();
  return (
    <div className="mx-auto max-w-[70rem] px-5 sm:px-8">
      <SiteHeader />
      <main>
        <section className="pt-10 sm:pt-16">
          <p className="font-medium text-accent-text">Model deployment on AWS EKS, for ML teams</p>
          <h1 className="mt-3 max-w-3xl text-display font-semibold tracking-tight text-balance sm:text-display-lg">Know what a model costs before you deploy it</h1>
          <p className="mt-5 max-w-2xl text-lg text-ink-muted text-pretty sm:text-xl">Bring a model file. Slipway shows which GPUs it fits and what a month costs, deploys it without YAML, and measures p99 and cost side by side. Self-hosted, open source.</p>
          <div className="mt-7 flex flex-wrap gap-3">
            <a href="#install" className={buttonClass({ variant: "primary", size: "lg" })}>Install it<ArrowRight aria-hidden /></a>
            <a href="/calculator" className={buttonClass({ size: "lg" })}>Price your model</a>
          </div>
          <div className="mt-10 sm:mt-14"><Shot first name="deployment" alt="A deployment in Slipway: its state, and requests, latency, errors, use and cost on one time axis" /></div>
        </section>

        <section aria-labelledby="flow" className="pt-20 sm:pt-28">
          <h2 id="flow" className={heading}>From upload to cost</h2>
          <Flow />
        </section>

        <section aria-label="The product" className="grid gap-16 pt-20 sm:gap-24 sm:pt-28">
          <div className="grid items-center gap-8 lg:grid-cols-[1fr_1.7fr] lg:gap-12">
            <div><h2 className={heading}>Price, risk and fit while you choose</h2><p className="mt-4 text-lg text-ink-muted text-pretty">The wizard reads what the model needs from its files, leaves out what does not fit, and forecasts the month for the traffic you declare. Where a figure is not known, it says so.</p><p className="mt-4"><a className="link text-lg" href="/calculator">Try the same forecast here</a></p></div>
            <Shot name="wizard" alt="The deploy wizard: profiles with price and fit, and the forecast of the month" />
          </div>
          <div className="grid items-center gap-8 lg:grid-cols-[1.7fr_1fr] lg:gap-12">
            <div className="lg:order-last"><h2 className={heading}>Every dollar has a deployment</h2><p className="mt-4 text-lg text-ink-muted text-pretty">Cost is counted from when a replica was placed until it was gone, split into used and idle, and summed by day, model, environment and project.</p><p className="mt-4"><a className="link text-lg" href="/docs/cost-model">How each figure is made</a></p></div>
            <Shot name="costs" alt="The costs page: cost by day, used and idle apart, and by deployment" />
          </div>
        </section>

        <section aria-labelledby="apart" className="pt-20 sm:pt-28">
          <h2 id="apart" className={heading}>Price, fit, risk and cause, in one place</h2>
          <p className="mt-4 max-w-2xl text-lg text-ink-muted text-pretty">What you would otherwise put together from a price list, a cost tool and a terminal.</p>
          <Apart />
        </section>

        <section aria-labelledby="measured" className="pt-20 sm:pt-28">
          <h2 id="measured" className={heading}>Measured, not claimed</h2>
          <dl className="mt-8 grid gap-x-6 gap-y-8 sm:grid-cols-2 lg:grid-cols-4">
            {figures.map((f) => <div key={f.what} className="flex flex-col-reverse justify-end border-t-2 border-ink pt-3"><dt className="mt-1 text-ink-muted text-pretty">{f.what} (<a className="link" href={f.href}>method</a>)</dt><dd className="figure text-display font-semibold">{f.value}</dd></div>)}
          </dl>
          <p className="mt-6 max-w-2xl text-ink-muted text-pretty">Goals that were missed are listed on the same pages. The <a className="link" href="/case-studies">case studies</a> give method, data and the script that makes each figure again.</p>
        </section>

        <section aria-labelledby="people" className="pt-20 sm:pt-28">
          <h2 id="people" className={heading}>Who it is for</h2>
          <ul className="mt-8 grid gap-6 sm:grid-cols-3">{PEOPLE.map(([who, what]) => <li key={who} className="text-lg text-ink-muted text-pretty"><strong className="font-semibold text-ink">{who}</strong> {what}</li>)}</ul>
        </section>

        <section id="install" aria-labelledby="install-title" className="grid items-start gap-8 pt-20 sm:pt-28 lg:grid-cols-2 lg:gap-12">
          <div>
            <h2 id="install-title" className={heading}>One command to try it, your cluster to run it</h2>
            <ul className="mt-5 grid gap-2.5 text-lg text-ink-muted">
              {["In a clone of the repository, on a machine with Node; PostgreSQL comes along", "No default password: it ends by printing a one-time set-up link", "Nothing listens beyond the machine until you say so", "Connect EKS under Targets: a check says what is missing, and the command that mends it"].map((t) => <li key={t} className="flex gap-2.5"><Check aria-hidden className="mt-1 size-4 shrink-0 text-ready" />{t}</li>)}
            </ul>
            <p className="mt-5 flex flex-wrap gap-x-5 gap-y-2 text-lg"><a className="link" href="/docs">Quick start</a><a className="link" href="/docs/connect-eks">Connect EKS</a></p>
          </div>
          <pre tabIndex={0} aria-label="Installing Slipway" className="panel overflow-x-auto bg-sunken p-5 text-lg leading-7"><code><span className="text-ink-faint"># install, build and start it</span>{"\n"}npm run up{"\n\n"}<span className="text-ink-faint"># a project, and a sample model made on the spot</span>{"\n"}slp --json {"'{\"name\":\"demo\"}'"} $API/projects{"\n"}slp --json {"'{\"name\":\"iris\"}'"} $API/projects/demo/samples</code></pre>
        </section>

        <section id="plans" aria-labelledby="plans-title" className="pt-20 sm:pt-28">
          <h2 id="plans-title" className={heading}>Plans</h2>
          <Plans />
        </section>

        <section aria-labelledby="questions" className="pt-20 sm:pt-28">
          <h2 id="questions" className={heading}>Questions</h2>
          <div className="mt-6 divide-y divide-line border-y border-line">
            {QUESTIONS.map((q) => <details key={q.question} className="group"><summary className="flex list-none items-center justify-between gap-4 py-4 text-lg font-medium [&::-webkit-details-marker]:hidden">{q.question}<span aria-hidden className="text-xl text-ink-faint transition-transform group-open:rotate-45">+</span></summary><p className="max-w-3xl pb-5 text-lg text-ink-muted text-pretty">{q.answer}</p></details>)}
          </div>
        </section>

        <section aria-labelledby="contact" className="my-20 grid gap-5 rounded-xl border border-line bg-sunken p-8 sm:my-28 sm:p-12">
          <h2 id="contact" className={heading}>Which model is waiting to be deployed?</h2>
          <p className="max-w-2xl text-lg text-ink-muted text-pretty">Tell us what it is, how much traffic it gets and what it may cost.</p>
          <p><a href="/contact" className={buttonClass({ variant: "primary", size: "lg" })}>Contact us<ArrowRight aria-hidden /></a></p>
        </section>
      </main>
      <SiteFooter />
      <StructuredData data={{ "@type": "SoftwareApplication", name: "Slipway", applicationCategory: "DeveloperApplication", operatingSystem: "Linux, macOS", license: "https://www.apache.org/licenses/LICENSE-2.0", offers: { "@type": "Offer", price: "0", priceCurrency: "USD" } }} />
      <StructuredData data={{ "@type": "FAQPage", mainEntity: QUESTIONS.map((q) => ({ "@type": "Question", name: q.question, acceptedAnswer: { "@type": "Answer", text: q.answer } })) }} />
    </div>
  );
}
