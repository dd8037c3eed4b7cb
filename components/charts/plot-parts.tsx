import { usePlotArea, useXAxisScale, useYAxisScale } from "recharts";
import type { Mark, Measure, Series } from "./series";
import { weightOf } from "./series";

/** The series' names at the ends of their lines, pushed apart where they would overlap. */
export function EndLabels({ series, measure }: { series: readonly Series[]; measure: Measure }) {
  const x = useXAxisScale();
  const y = useYAxisScale();
  const area = usePlotArea();
  if (!x || !y || !area) return null;
  const lineHeightPx = 13;
  const labels = series.flatMap((s, i) => {
    const last = s.points.findLast(([, v]) => v !== null);
    const at = last && y(last[1]!);
    return last && typeof at === "number" ? [{ key: s.key, text: s.label, y: at, weight: s.ghost ? 1 : weightOf(series, i) }] : [];
  }).sort((a, b) => a.y - b.y);
  labels.forEach((l, i) => { if (i > 0) l.y = Math.max(l.y, labels[i - 1]!.y + lineHeightPx); });
  const overflow = (labels.at(-1)?.y ?? 0) - (area.y + area.height);
  if (overflow > 0) for (let i = labels.length - 1, floor = area.y + area.height; i >= 0; i -= 1, floor -= lineHeightPx) labels[i]!.y = Math.min(labels[i]!.y, floor);
  return <g aria-hidden>{labels.map((l) => <text key={l.key} x={area.x + area.width + 6} y={l.y} dy="0.34em" fontSize={11} fontWeight={l.weight === 3 ? 600 : 450} fill={l.weight === 1 ? "var(--color-ink-faint)" : `var(--color-ink)`} data-measure={measure}>{l.text}</text>)}</g>;
}

/** The span that is being chosen by dragging. */
export function Selection({ span }: { span: readonly [number, number] | null }) {
  const x = useXAxisScale();
  const area = usePlotArea();
  const [a, b] = span && x ? [x(span[0]), x(span[1])] : [undefined, undefined];
  if (!area || typeof a !== "number" || typeof b !== "number") return null;
  const [left, right] = [Math.max(area.x, Math.min(a, b)), Math.min(area.x + area.width, Math.max(a, b))];
  return <rect aria-hidden x={left} y={area.y} width={Math.max(0, right - left)} height={area.height} fill="var(--color-link)" opacity={0.14} />;
}

/** Vertical lines with a word; the word is left out where the last one is too near, and stays in the readout. */
export function Marks({ marks }: { marks: readonly Mark[] }) {
  const x = useXAxisScale();
  const area = usePlotArea();
  if (!x || !area) return null;
  let freeFrom = -Infinity;
  return (
    <g>
      {[...marks].sort((a, b) => a.timeMs - b.timeMs).map((m) => {
        const at = x(m.timeMs);
        if (typeof at !== "number" || at < area.x || at > area.x + area.width) return null;
        const widthPx = m.label.length * 5.8 + 10;
        const left = at + widthPx > area.x + area.width;
        const shown = (left ? at - widthPx : at) > freeFrom;
        if (shown) freeFrom = left ? at : at + widthPx;
        const colour = `var(--color-${m.state ?? "stopped"})`;
        return (
          <g key={`${m.timeMs}-${m.label}`}>
            <title>{m.label}</title>
            <path d={`M${at} ${area.y}v${area.height}`} stroke={colour} strokeWidth={1} strokeDasharray="3 2" />
            {shown ? <text x={left ? at - 4 : at + 4} y={area.y + 8} textAnchor={left ? "end" : "start"} fontSize={10} fill={colour} stroke="var(--color-surface)" strokeWidth={3} paintOrder="stroke">{m.label}</text> : null}
          </g>
        );
      })}
    </g>
  );
}
