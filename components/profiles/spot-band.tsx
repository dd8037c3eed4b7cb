import type { SpotRisk } from "@/lib/profiles/schema";

const WORDS = ["calm", "fair", "restless", "rough", "very rough"] as const;
const TONES = ["bg-ready", "bg-ready", "bg-warning", "bg-warning", "bg-failed"] as const;

/** How often such instances were interrupted in the month before: five steps, the band in figures. */
export function SpotBand({ spot, words = false }: { spot: SpotRisk; words?: boolean }) {
  return (
    <span className="inline-flex items-center gap-2 whitespace-nowrap" title={`${spot.source}, ${spot.asOf.slice(0, 10)}`}>
      <span aria-hidden className="flex items-end gap-px">{WORDS.map((w, i) => <span key={w} style={{ height: 4 + i * 2 }} className={`w-1 rounded-full ${i <= spot.rangeIndex ? TONES[spot.rangeIndex] : "bg-line-strong opacity-45"}`} />)}</span>
      <span className="figure">{spot.band}</span>
      {words ? <span className="text-ink-muted">interrupted a month, {WORDS[spot.rangeIndex]}</span> : null}
    </span>
  );
}
