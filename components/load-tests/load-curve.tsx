"use client";
import { useWidth } from "@/components/charts/use-width";
import { formatDurationMs } from "@/lib/format/duration";
import { formatRate } from "@/lib/format/number";

/** One line of a latency-throughput chart: [answered a second, milliseconds, what the point is]. */
export type Curve = { key: string; label: string; stroke: string; strokeWidth: number; dash?: string; points: { x: number; y: number; title: string; marked?: boolean }[] };

const MARGIN = { top: 18, right: 56, bottom: 34, left: 58 };

/** Round values from 0 to at least `most`. */
export function ticksTo(most: number, count: number): number[] {
  if (!(most > 0)) return [0];
  const raw = most / count;
  const unit = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].map((m) => m * unit).find((s) => s >= raw)!;
  return Array.from({ length: Math.ceil(most / step - 1e-9) + 1 }, (_, i) => i * step);
}

/** Knees of several curves may lie at one place: each is named a line higher than the one before. */
const kneesBefore = (curves: readonly Curve[], key: string): number => curves.slice(0, curves.findIndex((c) => c.key === key)).filter((c) => c.points.some((p) => p.marked)).length;

/** Latency by throughput. Points are joined in the order of their load, so that a curve that turns back (more load, less throughput) is seen to. The figures are in the table beside it. */
export function LoadCurve({ curves, label, heightPx = 300 }: { curves: readonly Curve[]; label: string; heightPx?: number }) {
  const [ref, widthPx] = useWidth<HTMLDivElement>();
  const all = curves.flatMap((c) => c.points);
  const xs = ticksTo(Math.max(0, ...all.map((p) => p.x)), widthPx < 480 ? 3 : 6);
  const ys = ticksTo(Math.max(0, ...all.map((p) => p.y)), 5);
  const [w, h] = [Math.max(0, widthPx - MARGIN.left - MARGIN.right), heightPx - MARGIN.top - MARGIN.bottom];
  const x = (v: number) => MARGIN.left + (v / (xs.at(-1) || 1)) * w;
  const y = (v: number) => MARGIN.top + h - (v / (ys.at(-1) || 1)) * h;
  return (
    <div ref={ref} className="min-w-0" style={{ height: heightPx }}>
      {widthPx > 0 ? (
        <svg width={widthPx} height={heightPx} role="img" aria-label={label}>
          {ys.map((v) => <g key={v}><path d={`M${MARGIN.left} ${y(v)}h${w}`} stroke="var(--color-line)" /><text x={MARGIN.left - 8} y={y(v)} dy="0.32em" textAnchor="end" fontSize={11} fill="var(--color-ink-faint)">{v === 0 ? "0" : formatDurationMs(v)}</text></g>)}
          {xs.map((v) => <text key={v} x={x(v)} y={MARGIN.top + h + 16} textAnchor="middle" fontSize={11} fill="var(--color-ink-faint)">{v === 0 ? "0" : formatRate(v)}</text>)}
          <text x={MARGIN.left + w} y={heightPx - 4} textAnchor="end" fontSize={11} fill="var(--color-ink-faint)">predictions a second</text>
          {curves.map((c) => {
            const last = c.points.at(-1);
            return (
              <g key={c.key}>
                <path d={c.points.map((p, i) => `${i ? "L" : "M"}${x(p.x).toFixed(1)} ${y(p.y).toFixed(1)}`).join("")} fill="none" stroke={c.stroke} strokeWidth={c.strokeWidth} strokeDasharray={c.dash} strokeLinejoin="round" />
                {c.points.map((p, i) => (
                  <g key={i}>
                    <circle cx={x(p.x)} cy={y(p.y)} r={p.marked ? 5 : 3} fill={p.marked ? "var(--color-surface)" : c.stroke} stroke={c.stroke} strokeWidth={p.marked ? 2 : 0}><title>{p.title}</title></circle>
                    {p.marked ? <text x={x(p.x)} y={y(p.y) - 10 - 13 * kneesBefore(curves, c.key)} textAnchor="middle" fontSize={11} fontWeight={600} fill="var(--color-ink)" stroke="var(--color-surface)" strokeWidth={3} paintOrder="stroke">{curves.filter((k) => k.points.some((q) => q.marked)).length > 1 ? `knee ${c.label}` : "knee"}</text> : null}
                  </g>
                ))}
                {last ? <text x={Math.min(x(last.x) + 8, MARGIN.left + w + 8)} y={y(last.y)} dy="0.32em" fontSize={11} fill="var(--color-ink)" stroke="var(--color-surface)" strokeWidth={3} paintOrder="stroke">{c.label}</text> : null}
              </g>
            );
          })}
        </svg>
      ) : null}
    </div>
  );
}
