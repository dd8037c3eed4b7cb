import { modelOf, OWN, readAsked, trafficOf } from "@/components/calculator/asked";
import { CalculatorForm } from "@/components/calculator/calculator-form";
import { Cheapest } from "@/components/calculator/cheapest";
import { ComparisonTable } from "@/components/calculator/comparison-table";
import { sourcesOf } from "@/components/profiles/sources-of";
import { publicMetadata } from "@/components/site/public-metadata";
import { SiteFooter } from "@/components/site/site-footer";
import { SiteHeader } from "@/components/site/site-header";
import { env } from "@/lib/env";
import { compareProfiles } from "@/lib/costs/compare-profiles";
import { currentFigures } from "@/lib/prices/current-figures";
import { regionsOf } from "@/lib/prices/list-instance-types";
import { awsProfiles } from "@/lib/profiles/catalogue";
import { knownModel } from "@/lib/profiles/known-models";

export const generateMetadata = () => publicMetadata({
  path: "/calculator", origin: env().baseUrl,
  title: "What would it cost? GPU calculator · Slipway",
  description: "Which AWS GPU instances a model fits, and what a month of your traffic costs on each, on demand and on spot, with sources and dates.",
});

const SHOWN = 12;
type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The forecast of the portal for anybody: no account, no script, and the address is the question. */
export default async function CalculatorPage({ searchParams }: Props) {
  const query = await searchParams;
  const { asked, problems } = readAsked(query);
  const data = await currentFigures();
  const known = regionsOf(data);
  const regions = known.map((r) => r.region);
  const region = regions.includes(asked.region) ? asked.region : "us-east-1";
  // Plain spot costs what spot with a fallback costs while it lasts: one row stands for both.
  const profiles = awsProfiles(region, new Date(), data).filter((p) => p.capacityType !== "spot" && (asked.hardware === "any" || p.accelerator !== null));
  const { rows, leftOut } = compareProfiles(modelOf(asked), profiles, trafficOf(asked));
  const all = query.all !== undefined;
  const shown = all ? rows : rows.slice(0, SHOWN);
  const name = asked.model === OWN ? `A model of ${asked.parameters.toLocaleString("en-US")} billion parameters` : knownModel(asked.model).name;
  const more = `/calculator?${new URLSearchParams({ ...Object.fromEntries(Object.entries(asked).map(([k, v]) => [k, String(v)])), all: "yes" })}`;
  const working = rows[0]?.forecast;
  return (
    <div className="mx-auto max-w-[70rem] px-5 sm:px-8">
      <SiteHeader />
      <main className="pb-16">
        <h1 className="pt-10 text-display-sm font-semibold tracking-tight sm:text-display">What would it cost?</h1>
        <p className="mt-3 max-w-2xl text-lg text-ink-muted text-pretty">Which instances a model fits, read from its size as Slipway reads it from a file, and what a month of your traffic comes to on each. The link to this page is your question: send it on.</p>
        <div className="mt-8 grid items-start gap-6 lg:grid-cols-[21rem_minmax(0,1fr)]">
          <CalculatorForm asked={{ ...asked, region }} problems={problems} regions={known} />
          <section aria-labelledby="answer" className="grid min-w-0 gap-5">
            <h2 id="answer" className="text-lg font-semibold">{name}, {asked.rps.toLocaleString("en-US")} {asked.rps === 1 ? "request" : "requests"} a second of {asked.ms.toLocaleString("en-US")} ms, in {region}</h2>
            <Cheapest rows={rows} />
            {rows.length === 0 ? <p className="panel p-5 text-ink-muted">It fits none of the {profiles.length} offers on file in this region. A model that generates text is split over the accelerators of one instance; larger than that, it needs several instances, which this calculator does not plan.</p> : (
              <div className="panel overflow-clip">
                <ComparisonTable rows={shown} />
                <p className="flex flex-wrap justify-between gap-3 px-4 py-3 text-sm text-ink-muted">
                  <span>{shown.length} of {rows.length} that it fits; it does not fit {leftOut.doesNotFit}{leftOut.fitUnknown > 0 ? `, and of ${leftOut.fitUnknown} the memory is not on file` : ""}.</span>
                  {shown.length < rows.length ? <a className="link" href={more}>Show all</a> : null}
                </p>
              </div>
            )}
            {working ? (
              <details className="panel p-5">
                <summary className="cursor-pointer font-semibold">What these figures rest on</summary>
                <ul className="mt-4 grid list-disc gap-1.5 pl-5 text-ink-muted">
                  {working.assumptions.map((a) => <li key={a}>{a}</li>)}
                  <li>The same time a request on every instance: how fast a GPU runs your model is known once it has run there. Slipway measures it, and forecasts from the measurement.</li>
                  {sourcesOf(profiles).map((s) => <li key={`${s.what}${s.source}${s.asOf}`}>{s.what}: {s.source}, {s.asOf.slice(0, 10)}, {s.ageDays} days old.</li>)}
                  <li>Where no spot price was read, it is the on-demand price less the advisor&rsquo;s saving: an estimate made of figures of two dates.</li>
                </ul>
              </details>
            ) : null}
          </section>
        </div>
      </main>
      <SiteFooter />
    </div>
  );
}
