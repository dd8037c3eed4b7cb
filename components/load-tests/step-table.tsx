import { causeWords, loadWords } from "@/components/load-tests/words";
import { formatDurationMs } from "@/lib/format/duration";
import { formatMoney } from "@/lib/format/money";
import { formatCount, formatRate } from "@/lib/format/number";
import { UNKNOWN } from "@/lib/format/unknown";
import type { LoadTestDto } from "@/lib/load-tests/schema";

const cell = "border-t border-line px-3 py-1.5 text-right tabular-nums whitespace-nowrap";
const head = "px-3 py-1.5 text-right text-xs font-medium text-ink-muted whitespace-nowrap";

/** Every figure behind the curve, a row a step. */
export function StepTable({ test }: { test: LoadTestDto }) {
  const open = test.plan.loop === "open";
  return (
    <div tabIndex={0} role="region" aria-label="Steps of the load test" className="overflow-x-auto focus-visible:-outline-offset-2">
      <table className="w-full text-sm">
        <thead><tr>{["Load", "Throughput", "p50", "p95", "p99", "Longest", ...(open ? ["Sent late, p99"] : []), "Answered", "Failed", "Replicas", "Per 1,000"].map((t, i) => <th key={t} scope="col" className={i === 0 ? `${head} text-left!` : head}>{t}</th>)}</tr></thead>
        <tbody>
          {test.steps.map((s, i) => {
            const causes = Object.entries(s.errorsByCause);
            return (
              <tr key={s.load} className={test.atTarget?.step === i ? "bg-hover" : undefined}>
                <th scope="row" className={`${cell} text-left! font-medium`}>{loadWords(test.plan, s.load)}{test.knee.step === i ? <span className="ml-2 font-normal text-ink-muted">knee</span> : null}{test.atTarget?.step === i ? <span className="ml-2 font-normal text-ink-muted">keeps the target</span> : null}</th>
                <td className={cell}>{formatRate(s.throughput)}</td>
                {[s.p50Ms, s.p95Ms, s.p99Ms, s.maxMs].map((v, n) => <td key={n} className={cell}>{formatDurationMs(v)}</td>)}
                {open ? <td className={cell}>{formatDurationMs(s.sendDelayP99Ms)}</td> : null}
                <td className={cell}>{formatCount(s.answered)}</td>
                <td className={cell}>{s.failed === 0 ? "0" : <span className="text-failed">{formatCount(s.failed)}<span className="ml-auto block w-max max-w-44 text-xs whitespace-normal">{causes.map(([c, n]) => `${formatCount(n)} ${causeWords(c)}`).join(", ")}</span></span>}</td>
                <td className={cell}>{s.replicas === null ? UNKNOWN : Number(s.replicas.toFixed(1))}</td>
                <td className={cell}>{formatMoney(s.costPer1000)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
