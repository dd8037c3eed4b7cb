import { ArrowRight } from "lucide-react";
import { SiteFooter } from "@/components/site/site-footer";
import { SiteHeader } from "@/components/site/site-header";
import { buttonClass } from "@/components/ui/button";

const flow = [
  ["Upload", "One file or a folder, resumable. SHA-256 while it is written; the headers are read, the file is never run."],
  ["Choose", "A profile with its price, its spot risk, and whether the model fits, before anything is spent."],
  ["Deploy", "New replicas start, turn ready, take over; the old ones drain. Roll back to any revision."],
  ["Measure", "Requests, p50, p95, p99, errors by cause, CPU, memory and queue, on one time axis."],
  ["Cost", "Per day and per 1,000 predictions, beside p99. Idle cost apart from used cost."],
] as const;

const people = [
  ["ML engineers", "Deploy, try and roll back a model themselves, without writing YAML or waiting for a ticket."],
  ["Platform engineers", "Keep profiles, quotas, roles and the audit log in one place, on their own machines."],
  ["Automation", "Does all of it over the REST API: every page of the portal changes things only through it."],
] as const;

/** The public start page: what Slipway does, for whom, and the one command. No script is needed for any of it. */
export default function StartPage() {
  return (
    <div className="mx-auto max-w-[70rem] px-5 sm:px-8">
      <SiteHeader />
      <main>
        <section className="grid items-center gap-10 py-14 sm:py-20 lg:grid-cols-[1.15fr_1fr] lg:gap-16">
          <div>
            <h1 className="text-display font-semibold tracking-tight text-balance sm:text-display-lg">From a model file to a deployment you can measure and afford</h1>
            <p className="mt-5 max-w-xl text-lg text-ink-muted text-pretty">Slipway is a self-hosted portal where ML engineers bring a model, see price and risk, deploy it, and watch latency, errors and cost side by side. It starts on one machine with nothing but Node.</p>
            <div className="mt-8 flex flex-wrap gap-3">
              <a href="#install" className={buttonClass({ variant: "primary", size: "lg" })}>Install it<ArrowRight aria-hidden /></a>
              <a href="/calculator" className={buttonClass({ size: "lg" })}>What would it cost?</a>
            </div>
          </div>
          <SlipwayDrawing />
        </section>
        <section aria-labelledby="flow" className="border-t border-line py-12">
          <h2 id="flow" className="text-display-sm font-semibold tracking-tight">From upload to cost</h2>
          <ol className="mt-6 grid gap-x-6 gap-y-7 sm:grid-cols-2 lg:grid-cols-5">
            {flow.map(([title, text], i) => (
              <li key={title} className="border-t-2 border-ink pt-3">
                <h3 className="text-lg font-semibold"><span className="figure mr-2 text-base text-accent-text">{i + 1}</span>{title}</h3>
                <p className="mt-1 text-ink-muted text-pretty">{text}</p>
              </li>
            ))}
          </ol>
        </section>
        <section aria-labelledby="people" className="border-t border-line py-12">
          <h2 id="people" className="text-display-sm font-semibold tracking-tight">Who it is for</h2>
          <dl className="mt-6 grid gap-6 sm:grid-cols-3">
            {people.map(([who, what]) => <div key={who}><dt className="text-lg font-semibold">{who}</dt><dd className="mt-1 text-ink-muted text-pretty">{what}</dd></div>)}
          </dl>
        </section>
        <section id="install" aria-labelledby="install-title" className="grid gap-8 border-t border-line py-12 lg:grid-cols-[1fr_1.3fr]">
          <div>
            <h2 id="install-title" className="text-display-sm font-semibold tracking-tight">One command</h2>
            <p className="mt-3 max-w-md text-ink-muted text-pretty">In a clone of the repository, on a machine with Node. PostgreSQL comes with it, nothing listens beyond this machine until you say so, and there is no default password: the command ends by printing a one-time set-up link.</p>
          </div>
          <pre tabIndex={0} aria-label="The command" className="panel h-fit overflow-x-auto bg-sunken p-5 text-lg"><code><span aria-hidden className="select-none text-ink-faint">$ </span>npm run up</code></pre>
        </section>
      </main>
      <SiteFooter />
    </div>
  );
}

/** A hull on the way down to the water, with the five steps as its stations. Decorative: the list below says the same. */
function SlipwayDrawing() {
  return (
    <svg aria-hidden viewBox="0 0 440 300" className="w-full text-ink">
      <g stroke="var(--color-line)" strokeWidth="1">{Array.from({ length: 7 }, (_, i) => <path key={i} d={`M0 ${20 + i * 40}H440`} />)}</g>
      <path d="M0 244q18-9 36 0t36 0 36 0 36 0 36 0 36 0 36 0 36 0 36 0 36 0 36 0 36 0 36 0V300H0Z" fill="var(--color-latency-1)" opacity=".16" />
      <path d="M0 244q18-9 36 0t36 0 36 0 36 0 36 0 36 0 36 0 36 0 36 0 36 0 36 0 36 0" fill="none" stroke="var(--color-latency-2)" strokeWidth="2" />
      <path d="M24 116 400 262" stroke="currentColor" strokeWidth="5" strokeLinecap="round" />
      {[0, 1, 2, 3, 4].map((i) => <path key={i} d={`M${60 + i * 76} ${130 + i * 29.5}V276`} stroke="currentColor" strokeWidth="2" opacity=".45" />)}
      <g transform="translate(122 71) rotate(21.2)">
        <path d="M-26 20H202c-2 30-16 50-40 54H26C-2 74-22 54-26 20Z" fill="var(--color-accent)" />
        <path d="M34 20V-14h54v34M104 20V0h40v20" fill="none" stroke="currentColor" strokeWidth="4" strokeLinejoin="round" />
        <path d="M-18 44H192" stroke="var(--color-accent-ink)" strokeWidth="3" opacity=".5" />
      </g>
    </svg>
  );
}
