"use client";
import { ChartLine, Download, Table2 } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Skeleton } from "@/components/ui/skeleton";
import { StaleBanner } from "@/components/ui/stale-banner";
import { toCsv } from "./csv";
import { toRows, type Series } from "./series";

export type ChartFrameProps = {
  title: string; /** Beside the title: "ms", "requests/s". */ unit: string; description?: ReactNode; /** "as of 12 s ago". */ asOf?: ReactNode;
  /** loading: the first time only; stale: what is shown is old; error: nothing can be shown. */
  state?: "ready" | "loading" | "stale" | "error"; errorReason?: ReactNode; onRetry?: () => void; /** Instead of an empty plot. */ empty?: ReactNode;
  heightPx?: number; headingLevel?: 2 | 3; actions?: ReactNode;
};

/** Title, states, table view and download around any chart; the plot is `children`, drawn only when there is something to draw. */
export function ChartFrame({ title, unit, description, asOf, state = "ready", errorReason, onRetry, empty, heightPx = 180, headingLevel = 3, actions, series, format, children }: ChartFrameProps & { series: readonly Series[]; format: (value: number) => string; children: ReactNode }) {
  const [asTable, setAsTable] = useState(false);
  const Heading = `h${headingLevel}` as "h2" | "h3";
  // What is compared with is drawn first, to lie behind, and read last.
  const read = [...series].sort((a, b) => Number(a.ghost ?? false) - Number(b.ghost ?? false));
  const hasData = series.some((s) => s.points.some(([, v]) => v !== null));
  const download = () => {
    const url = URL.createObjectURL(new Blob([toCsv(read, unit)], { type: "text/csv" }));
    Object.assign(document.createElement("a"), { href: url, download: `${title.toLowerCase().replace(/[^a-z0-9]+/g, "-")}.csv` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 0);
  };
  return (
    <figure className="m-0 grid min-w-0 grid-cols-1 gap-2">
      <figcaption className="flex min-h-7 flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <div className="flex min-w-0 items-baseline gap-2">
          <Heading className="truncate text-sm font-semibold">{title}</Heading>
          {unit ? <span className="shrink-0 text-xs text-ink-faint">{unit}</span> : null}
          {asOf ? <span className="truncate text-xs text-ink-faint">{asOf}</span> : null}
        </div>
        <div className="ml-auto flex min-w-0 items-center gap-0.5">
          {actions}
          {hasData ? (
            <>
              <Button variant="ghost" size="sm" icon aria-pressed={asTable} aria-label={`${title}: show as ${asTable ? "chart" : "table"}`} title={asTable ? "Show as chart" : "Show as table"} onClick={() => setAsTable(!asTable)}>{asTable ? <ChartLine aria-hidden /> : <Table2 aria-hidden />}</Button>
              <Button variant="ghost" size="sm" icon aria-label={`${title}: download CSV`} title="Download CSV" onClick={download}><Download aria-hidden /></Button>
            </>
          ) : null}
        </div>
      </figcaption>
      {description ? <p className="text-sm text-ink-muted">{description}</p> : null}
      {state === "stale" ? <StaleBanner since={asOf ?? "a while ago"} reason={errorReason} onRetry={onRetry} /> : null}
      {state === "error" ? <div className="grid place-content-center" style={{ minHeight: heightPx }}><ErrorState className="py-4!" title="This chart could not be read" reason={errorReason} onRetry={onRetry} /></div>
        : state === "loading" ? <div style={{ height: heightPx }} role="status" aria-label={`${title} is loading`}><Skeleton className="h-full w-full" /></div>
        : !hasData ? <div className="grid place-content-center rounded-md border border-dashed border-line px-4 text-center text-sm text-ink-muted" style={{ height: heightPx }}>{empty ?? "Nothing was measured in this window."}</div>
        : asTable ? <FigureTable title={title} unit={unit} series={read} format={format} heightPx={heightPx} />
        : <div style={{ height: heightPx }} className="min-w-0">{children}</div>}
    </figure>
  );
}

function FigureTable({ title, unit, series, format, heightPx }: { title: string; unit: string; series: readonly Series[]; format: (value: number) => string; heightPx: number }) {
  return (
    <div tabIndex={0} role="region" aria-label={`${title}, figures`} className="overflow-auto rounded-md border border-line focus-visible:-outline-offset-2" style={{ height: heightPx }}>
      <table className="w-full text-sm">
        <thead><tr className="text-xs text-ink-muted"><th scope="col" className="sticky top-0 bg-surface px-3 py-1.5 text-left font-medium">Time</th>{series.map((s) => <th key={s.key} scope="col" className="sticky top-0 bg-surface px-3 py-1.5 text-right font-medium">{s.label}{unit ? `, ${unit}` : ""}</th>)}</tr></thead>
        <tbody>{toRows(series).reverse().map((row) => <tr key={row.t}><th scope="row" className="whitespace-nowrap px-3 py-1 text-left font-normal text-ink-muted">{new Date(row.t).toLocaleString()}</th>{series.map((s) => { const v = row[s.key]; return <td key={s.key} className="figure px-3 py-1 text-right">{v === null || v === undefined ? "no data" : format(v)}</td>; })}</tr>)}</tbody>
      </table>
    </div>
  );
}
