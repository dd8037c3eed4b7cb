"use client";
import { comparedCurves, letterOf } from "@/components/load-tests/curves";
import { LoadCurve } from "@/components/load-tests/load-curve";
import { Panel } from "@/components/ui/panel";
import { formatDurationMs } from "@/lib/format/duration";
import { formatMoney, formatMoneyPerHour } from "@/lib/format/money";
import { formatRate } from "@/lib/format/number";
import type { LoadTestDto, Percentile } from "@/lib/load-tests/schema";

const cell = "border-t border-line px-3 py-1.5 text-right tabular-nums whitespace-nowrap";

/** Up to four tests over one another, by one percentile, with what they were of: revisions, profiles, machines. */
export function CompareTests({ tests, percentile }: { tests: LoadTestDto[]; percentile: Percentile }) {
  const sameRequest = new Set(tests.map((t) => t.subject.requestSha256)).size === 1;
  const sameLoop = new Set(tests.map((t) => t.plan.loop)).size === 1;
  const most = (t: LoadTestDto) => Math.max(...t.steps.map((s) => s.throughput));
  const rows: [string, (t: LoadTestDto) => string][] = [
    ["Revision", (t) => `${t.revision} (${t.subject.model} v${t.subject.version})`], ["Profile", (t) => t.subject.profile], ["Machine", (t) => t.subject.machine], ["Loop", (t) => t.plan.loop],
    ["A replica", (t) => formatMoneyPerHour(t.subject.pricePerHour, "no price")], ["Most throughput", (t) => (t.steps.length > 0 ? formatRate(most(t)) : "none measured")],
    ["Knee", (t) => (t.knee.step === null ? "not found" : `${formatRate(t.steps[t.knee.step]!.throughput)}, p95 ${formatDurationMs(t.steps[t.knee.step]!.p95Ms)}`)],
    ...(tests.some((t) => t.atTarget) ? [["1,000 at the target", (t: LoadTestDto) => formatMoney(t.atTarget?.costPer1000, "not known")] as [string, (t: LoadTestDto) => string]] : []),
  ];
  return (
    <Panel title="Compared" description={`${percentile} by throughput`}>
      <div className="grid gap-4">
        {sameRequest && sameLoop ? null : <p className="text-sm text-warning">{[sameRequest ? null : "They did not all send the same request.", sameLoop ? null : "Open and closed loops measure different things."].filter(Boolean).join(" ")}</p>}
        <LoadCurve curves={comparedCurves(tests, percentile)} label={`${percentile} by throughput of ${tests.length} load tests; what each was of is in the table below`} />
        <div tabIndex={0} role="region" aria-label="Load tests compared" className="overflow-x-auto focus-visible:-outline-offset-2">
          <table className="w-full text-sm">
            <thead><tr><td />{tests.map((t, i) => <th key={t.id} scope="col" className="px-3 py-1.5 text-right font-semibold">{letterOf(i)}</th>)}</tr></thead>
            <tbody>{rows.map(([term, of]) => <tr key={term}><th scope="row" className={`${cell} text-left! font-normal text-ink-muted`}>{term}</th>{tests.map((t) => <td key={t.id} className={cell}>{of(t)}</td>)}</tr>)}</tbody>
          </table>
        </div>
      </div>
    </Panel>
  );
}
