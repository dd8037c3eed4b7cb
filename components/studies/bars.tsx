type Bar = { label: string; value: number; text: string; strong?: boolean };

/** Bars from data, drawn when the page is made: no script. Each carries its figure as text. `colour`: a measure's family in app/globals.css. */
export function Bars({ title, unit, bars, colour }: { title: string; unit: string; bars: Bar[]; colour: "latency" | "cost" | "errors" }) {
  const most = Math.max(...bars.map((b) => b.value), Number.MIN_VALUE);
  return (
    <figure className="panel mt-6 p-5">
      <figcaption className="text-base font-medium">{title} <span className="font-normal text-ink-muted">({unit})</span></figcaption>
      <dl className="mt-4 grid gap-2.5">
        {bars.map((b) => (
          <div key={b.label} className="grid items-center gap-x-3 text-base sm:grid-cols-[13rem_minmax(0,1fr)]">
            <dt className="text-ink-muted">{b.label}</dt>
            <dd className="flex items-center gap-2"><span aria-hidden className="h-5 rounded-sm" style={{ width: `${(b.value / most) * 75}%`, background: `var(--color-${colour}-${b.strong ? 2 : 1})` }} /><span className="figure whitespace-nowrap">{b.text}</span></dd>
          </div>
        ))}
      </dl>
    </figure>
  );
}
