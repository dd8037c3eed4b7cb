import { RelativeTime } from "@/components/ui/relative-time";
import { StaleBanner } from "@/components/ui/stale-banner";

/** Four periods: one may be missed while a worker starts again. */
const LATE_MS = 120_000;

/** Says that rules are not evaluated: what is shown was true then, and what fires now is told to nobody. `evaluated`: when each was; `readMs`: when that was read. */
export function EvaluationStale({ evaluated, readMs }: { evaluated: readonly string[]; readMs: number }) {
  const newest = Math.max(...evaluated.map((at) => Date.parse(at)));
  if (evaluated.length === 0 || readMs - newest <= LATE_MS) return null;
  return <StaleBanner since={<RelativeTime time={newest} nowMs={readMs} />} reason="Rules are evaluated by a worker every 30 s, and none has since: nothing new fires or is told until one runs." />;
}
