import { SpotBand } from "@/components/profiles/spot-band";
import { formatDurationSeconds } from "@/lib/format/duration";
import type { SpotVerdict } from "@/lib/costs/spot-verdict";
import type { SpotRisk } from "@/lib/profiles/schema";

/** What spot means for this model: interruptions, seconds without enough replicas, and how many to keep on demand. */
export function SpotVerdictFigures({ spot, verdict, replicas, availability }: { spot: SpotRisk; verdict: SpotVerdict; replicas: number; availability: number }) {
  return (
    <div className="grid gap-2 text-sm">
      <p><SpotBand spot={spot} words /></p>
      {verdict.known ? (
        <dl className="grid grid-cols-1 gap-px overflow-hidden rounded-lg border border-line bg-line sm:grid-cols-3">
          <Figure word="Interruptions a month" value={`${figure(verdict.interruptionsPerMonth.low)} to ${figure(verdict.interruptionsPerMonth.high)}`} note={`over ${replicas} ${replicas === 1 ? "replica" : "replicas"}`} />
          <Figure word="Unserved a month" value={formatDurationSeconds(verdict.unservedSecondsPerMonth.independent)} note={`lost one by one; ${formatDurationSeconds(verdict.unservedSecondsPerMonth.together)} if all at once`} />
          <Figure word={`On demand for ${Number((availability * 100).toFixed(3))}%`} value={floorWords(verdict.onDemandFloor.together, replicas)} note={`if all are lost at once; one by one ${floorWords(verdict.onDemandFloor.independent, replicas)}`} />
        </dl>
      ) : null}
      <p className="text-ink-muted">{verdict.known ? verdict.sentence : verdict.reason} {spot.source}, {spot.asOf.slice(0, 10)}, {spot.ageDays} days old.</p>
    </div>
  );
}

function Figure({ word, value, note }: { word: string; value: string; note: string }) {
  return <div className="grid content-start gap-0.5 bg-surface px-3 py-2.5"><dt className="text-ink-muted">{word}</dt><dd className="figure text-base font-medium">{value}</dd><dd className="text-xs text-ink-muted">{note}</dd></div>;
}

const floorWords = (floor: number | null, replicas: number) => (floor === null ? "more replicas" : floor === 0 ? "none" : `${floor} of ${replicas}`);
const figure = (n: number) => String(Number(n.toPrecision(2)));
