"use client";
import Link from "next/link";
import { useEffect, useState } from "react";
import { Panel } from "@/components/ui/panel";
import { deploymentHref } from "@/lib/api-client/hrefs";
import type { Fleet, FleetDeployment } from "@/lib/fleet/schema";
import { formatPercent } from "@/lib/format/number";

const SHOWN = 40;
/** Steps of the scale, each from its share on: told apart by lightness, so without colour too. */
const SCALE = [[0.9, 100], [0.7, 80], [0.5, 62], [0.3, 45], [0.1, 28], [0, 12]] as const;
const strength = (share: number): number => SCALE.find(([from]) => share >= from)?.[1] ?? 12;
const ground = (share: number | null): string => (share === null ? "transparent" : `color-mix(in oklab, var(--color-utilisation-2) ${strength(share)}%, var(--color-surface))`);
type Clock = (ms: number) => string;
const utc: Clock = (ms) => `${new Date(ms).toISOString().slice(11, 16)} UTC`;
/** As on the charts of a deployment. */
const local: Clock = (ms) => new Date(ms).toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** Utilisation over time, a row a deployment, the busiest first. A table to whoever hears it. */
export function HeatMap({ fleet }: { fleet: Fleet }) {
  // The reader's own clock, which the server does not know: said once the page is there.
  const [clock, setClock] = useState<Clock>(() => utc);
  useEffect(() => setClock(() => local), []);
  const rows = [...fleet.deployments].filter((d) => d.utilisation !== null).sort((a, b) => b.utilisation! - a.utilisation! || a.deployment.localeCompare(b.deployment));
  const unknown = fleet.deployments.filter((d) => d.utilisation === null);
  const from = Date.parse(fleet.from);
  const times = Array.from({ length: rows[0]?.cells.length ?? 0 }, (_, i) => from + i * fleet.cellSeconds * 1000);
  return (
    <Panel title="Utilisation" description="Of the processor that ready replicas asked for, or of their GPUs" flush actions={rows.length > 0 ? <Scale /> : undefined}>
      {rows.length === 0 ? <p className="border-t border-line px-4 py-4 text-ink-muted">Nothing was measured in this window.</p> : (
        <div className="relative overflow-x-auto border-t border-line px-4 py-3" tabIndex={0} role="region" aria-label="Utilisation over time">
          <table className="w-full table-fixed border-separate border-spacing-x-px border-spacing-y-1 sm:border-spacing-x-0.5">
            <caption className="sr-only">Utilisation by deployment, over time</caption>
            <thead><tr className="text-xs text-ink-faint"><th scope="col" className="w-28 text-left font-medium sm:w-48">Deployment</th>{times.map((t, i) => <th key={t} scope="col" className="font-normal"><span className="sr-only">{clock(t)}</span>{i === 0 || i === times.length - 1 ? <span aria-hidden className={i === 0 ? "float-left w-0 whitespace-nowrap" : "float-right w-0 whitespace-nowrap [direction:rtl]"}>{clock(t)}</span> : null}</th>)}<th scope="col" className="w-14 text-right font-medium sm:w-20">Mean</th></tr></thead>
            <tbody>{rows.slice(0, SHOWN).map((d) => <HeatRow key={`${d.project}/${d.deployment}`} d={d} times={times} clock={clock} />)}</tbody>
          </table>
        </div>
      )}
      {rows.length > SHOWN ? <p className="border-t border-line px-4 py-2 text-sm text-ink-muted">The busiest {SHOWN} of {rows.length}.</p> : null}
      {unknown.length > 0 ? (
        <details className="border-t border-line px-4 py-2 text-sm text-ink-muted">
          <summary className="w-fit cursor-pointer rounded-sm">{unknown.length === 1 ? "One deployment has" : `${unknown.length} deployments have`} no utilisation here</summary>
          <ul className="mt-2 grid gap-1">{unknown.slice(0, SHOWN).map((d) => <li key={`${d.project}/${d.deployment}`}><Link href={deploymentHref(d.project, d.deployment)} className="link">{d.deployment}</Link> <span className="text-ink-faint">{d.project}</span>: {d.why ?? "No replica was ready long enough."}</li>)}</ul>
        </details>
      ) : null}
    </Panel>
  );
}

function HeatRow({ d, times, clock }: { d: FleetDeployment; times: number[]; clock: Clock }) {
  return (
    <tr>
      <th scope="row" className="truncate pr-2 text-left text-sm font-normal"><Link href={deploymentHref(d.project, d.deployment)} className="font-medium underline-offset-3 hover:underline">{d.deployment}</Link> <span className="text-ink-faint">{d.project}</span></th>
      {d.cells.map((share, i) => <td key={times[i] ?? i} title={`${clock(times[i] ?? 0)}: ${share === null ? "no data" : formatPercent(share)}`} className="h-6 rounded-sm outline -outline-offset-1 outline-line" style={{ background: ground(share) }}><span className="sr-only">{share === null ? "no data" : formatPercent(share)}</span></td>)}
      <td className="figure text-right text-sm whitespace-nowrap">{formatPercent(d.utilisation)}{d.utilisationOf === "gpu" ? <span className="text-ink-faint"> GPU</span> : null}</td>
    </tr>
  );
}

function Scale() {
  return <span aria-hidden className="flex items-center gap-1 text-xs text-ink-faint">0%{[...SCALE].reverse().map(([from]) => <span key={from} className="h-3 w-4 rounded-sm outline -outline-offset-1 outline-line" style={{ background: ground(from) }} />)}100%</span>;
}
