import { AlertPhase } from "@/components/alerts/alert-phase";
import type { RuleDto } from "@/lib/alerts/schema";

/** Where a rule stands, over all that it watches: the worst first. */
export function RuleStandings({ rule }: { rule: RuleDto }) {
  if (!rule.enabled) return <AlertPhase standing="off" />;
  if (rule.evaluatedAt === null) return <span className="text-sm text-ink-faint">not evaluated yet</span>;
  const of = (phase: "ok" | "pending" | "firing") => rule.standings.filter((s) => s.phase === phase);
  const [firing, pending, ok] = [of("firing"), of("pending"), of("ok")];
  const unknown = ok.filter((s) => s.noData !== null);
  if (rule.standings.length === 0) return <span className="text-sm text-ink-faint">nothing to watch</span>;
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-0.5">
      {firing.length > 0 ? <AlertPhase standing={rule.severity}>{`${firing.length} firing`}</AlertPhase> : null}
      {pending.length > 0 ? <AlertPhase standing="pending">{`${pending.length} pending`}</AlertPhase> : null}
      {ok.length > unknown.length ? <AlertPhase standing="ok">{firing.length + pending.length + unknown.length === 0 ? "OK" : `${ok.length - unknown.length} OK`}</AlertPhase> : null}
      {unknown.length > 0 ? <span className="text-sm text-ink-faint" title={[...new Set(unknown.map((s) => s.noData))].join(" ")}>{unknown.length === rule.standings.length ? "no data" : `${unknown.length} without data`}</span> : null}
    </span>
  );
}
