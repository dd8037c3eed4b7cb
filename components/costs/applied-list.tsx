import { RelativeTime } from "@/components/ui/relative-time";
import { Status } from "@/components/ui/status";
import type { AppliedDto } from "@/lib/advice/schema";
import { formatMoney, formatMoneyPerMonth } from "@/lib/format/money";

/** Advice that was taken, and what it has saved since. */
export function AppliedList({ applied, named = false }: { applied: AppliedDto[]; named?: boolean }) {
  return (
    <div className="grid gap-2 border-t border-line pt-3">
      <h3 className="text-sm font-medium">Taken</h3>
      <ul className="grid gap-2 text-sm">
        {applied.map((a) => (
          <li key={`${a.deployment} ${a.appliedAt}`} className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
            <span>{named ? <span className="font-medium">{a.deployment}: </span> : null}{a.change} <span className="text-ink-muted">by {a.appliedBy}, <RelativeTime time={a.appliedAt} /></span></span>
            <span className="flex flex-wrap items-baseline gap-x-2">
              <Status state={a.onTrack === null ? "progressing" : a.onTrack ? "ready" : "warning"}>{a.onTrack === null ? (a.realisedUsd === null ? "Unknown" : "Followed for a day first") : a.onTrack ? "As expected" : "Less than expected"}</Status>
              {a.realisedUsd === null ? null : <span><span className="figure">{formatMoney(Math.abs(a.realisedUsd))}</span> {a.realisedUsd >= 0 ? "saved so far" : "dearer so far"}</span>}
              <span className="text-ink-muted">of {formatMoneyPerMonth(a.expectedMonthlySavingUsd)} expected</span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
