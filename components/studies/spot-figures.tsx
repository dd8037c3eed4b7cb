import data from "@/content/case-studies/spot-or-on-demand.json";
import { Bars } from "./bars";
import { MadeBy } from "./made-by";

const share = (v: number) => `${(v * 100).toFixed(v > 0.99995 ? 4 : 3)}%`;
const usd = (v: number) => `$${Math.round(v).toLocaleString("en-US")}`;

export const SpotMadeBy = () => <MadeBy date={data.date} commit={data.commit} machine={data.machine} load={data.loadAtStart} script="tsx scripts/studies/spot.ts" />;
export const SpotSources = () => <p className="mt-4">Prices: {data.prices.source}, {data.prices.asOf}. Interruptions and savings: {data.advisor.source}, {data.advisor.asOf}. Region {data.region}, {data.replicas} replicas of which {data.needed} are needed, {data.months.toLocaleString("en-US")} months for each case, seed {data.seed}.</p>;

/** Months in which there was ever a shortage, for a start of 900 s, all on spot and lost together. */
export function ShortMonths() {
  return <Bars title="Months with a shortage, all four on spot, lost together, 900 s to start" unit="share of months" colour="errors" bars={data.instances.map((i) => { const v = i.mixes[0]!.starts[2]!.together.monthsShort; return { label: `${i.instance}, ${i.band}`, value: v, text: `${(v * 100).toFixed(1)}%` }; })} />;
}

export function Bills() {
  return <Bars title="Bill of a month for four replicas" unit="USD, on spot and on demand" colour="cost" bars={data.instances.flatMap((i) => [{ label: `${i.instance}, spot`, value: i.mixes[0]!.perMonth, text: usd(i.mixes[0]!.perMonth) }, { label: `${i.instance}, on demand`, value: i.mixes.at(-1)!.perMonth, text: usd(i.mixes.at(-1)!.perMonth), strong: true }])} />;
}

export function MixTable() {
  const i = data.instances.at(-1)!;
  return (
    <div tabIndex={0} role="group" aria-label="Mixes" className="panel mt-6 overflow-x-auto">
      <table className="w-full text-base"><caption className="px-3 py-2 text-left text-ink-muted">{i.instance} ({i.accelerator}, band {i.band}), 900 s to start</caption>
        <thead><tr>{["On demand", "A month", "Apart", "Together", "Months short", "Worst of 100"].map((h) => <th key={h} scope="col" className="border-y border-line bg-sunken px-3 py-2 text-right font-medium whitespace-nowrap text-ink-muted">{h}</th>)}</tr></thead>
        <tbody>{i.mixes.map((m) => { const s = m.starts[2]!; return <tr key={m.onDemand}>{[`${m.onDemand} of ${data.replicas}`, usd(m.perMonth), share(s.apart.availability), share(s.together.availability), `${(s.together.monthsShort * 100).toFixed(1)}%`, `${Math.round(s.together.worstOfHundredSeconds / 60)} min`].map((v, n) => <td key={n} className="figure px-3 py-2 text-right whitespace-nowrap">{v}</td>)}</tr>; })}</tbody>
      </table>
    </div>
  );
}
