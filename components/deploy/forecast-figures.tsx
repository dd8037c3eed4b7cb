import { Badge } from "@/components/ui/badge";
import { Notice } from "@/components/ui/notice";
import { NO_PRICE } from "@/lib/costs/quote";
import type { Forecast, ForecastCase, Working } from "@/lib/costs/schema";
import { formatMoney, formatMoneyPerMonth } from "@/lib/format/money";
import { formatCount, formatPercent } from "@/lib/format/number";
import type { Profile } from "@/lib/profiles/schema";

/** The three cases side by side, what they rest on, and how they were worked out. */
export function ForecastFigures({ forecast, profile, open = false }: { forecast: Forecast; profile: Profile; /** The workings are shown at once. */ open?: boolean }) {
  const { likely } = forecast;
  const asked = likely.servedRequests + likely.unservedRequests;
  const price = profile.price;
  return (
    <section aria-label="Forecast" className="grid gap-3" aria-live="polite">
      <div className="grid grid-cols-3 divide-x divide-line rounded-lg border border-line bg-sunken">
        <Case word="Low" figures={forecast.low} /><Case word="Likely" figures={likely} strong /><Case word="High" figures={forecast.high} />
      </div>
      {likely.unservedRequests > 0 ? <Notice state="warning" title={`${formatPercent(likely.unservedRequests / asked)} of these requests are more than the most replicas can compute`}>Allow more replicas, or choose a larger profile.</Notice> : null}
      <p className="text-sm text-ink-muted">
        {profile.targetKind === "local" ? <><Badge>estimate</Badge> This machine sends no bill: it is what its share would cost on AWS. </> : null}
        {price ? `${price.estimate ? "Made from" : "Price from"} ${price.source.replace(/^estimate: /, "")}, ${price.asOf.slice(0, 10)}, ${price.ageDays} ${price.ageDays === 1 ? "day" : "days"} old.` : `There is ${NO_PRICE} for this profile.`}
      </p>
      <details className="text-sm" open={open}>
        <summary className="cursor-pointer rounded-sm font-medium text-ink-muted hover:text-ink">How it is worked out</summary>
        <div className="mt-2 grid gap-3 text-ink-muted">
          <ul className="grid list-disc gap-1 pl-4">{forecast.assumptions.map((a) => <li key={a}>{a}</li>)}</ul>
          <dl className="grid gap-2">{likely.workings.map((w) => <div key={w.label}><dt className="flex flex-wrap justify-between gap-x-3 font-medium text-ink"><span>{w.label}, likely</span><span className="figure">{workingWords(w)}</span></dt><dd className="wrap-anywhere">{w.formula}</dd></div>)}</dl>
        </div>
      </details>
    </section>
  );
}

function Case({ word, figures, strong = false }: { word: string; figures: ForecastCase; strong?: boolean }) {
  return (
    <div className="grid content-start gap-0.5 px-3 py-2.5">
      <h3 className="text-sm text-ink-muted">{word}</h3>
      <p className={`figure wrap-anywhere ${strong ? "text-lg font-semibold" : "text-base"}`}>{formatMoneyPerMonth(figures.monthly, "–")}</p>
      <p className="text-xs text-ink-muted"><span className="figure">{formatMoney(figures.per1000Predictions, "–")}</span> per 1,000</p>
    </div>
  );
}

const workingWords = ({ value, unit }: Working): string => (value === null ? "unknown" : unit === "USD" ? formatMoney(value) : unit === "USD/h" ? `${formatMoney(value)}/h` : unit === "predictions" ? formatCount(value) : `${Number(value.toPrecision(4)).toLocaleString("en-US")} h`);
