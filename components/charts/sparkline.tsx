import type { Measure, Point } from "./series";

/** A line without axes for a tile or a row; gaps stay gaps. `label` says what it shows, with its last figure. Drawn as plain SVG: no chart library is loaded for it. */
export function Sparkline({ points, measure, label, widthPx = 96, heightPx = 24 }: { points: readonly Point[]; measure: Measure; label: string; widthPx?: number; heightPx?: number }) {
  const values = points.map(([, v]) => v).filter((v) => v !== null);
  const top = Math.max(...values, 0) || 1;
  const from = points[0]?.[0] ?? 0;
  const span = (points.at(-1)?.[0] ?? 1) - from || 1;
  let pen = false;
  const path = points.map(([t, v]) => {
    if (v === null) { pen = false; return ""; }
    const command = `${pen ? "L" : "M"}${(((t - from) / span) * (widthPx - 2) + 1).toFixed(1)} ${(heightPx - 2 - (v / top) * (heightPx - 4)).toFixed(1)}`;
    pen = true;
    return command;
  }).join("");
  return <svg role="img" aria-label={label} viewBox={`0 0 ${widthPx} ${heightPx}`} width={widthPx} height={heightPx} className="block max-w-full"><path d={path} fill="none" stroke={`var(--color-${measure}-2)`} strokeWidth={1.5} strokeLinejoin="round" strokeLinecap="round" /></svg>;
}
