"use client";
import { percentileCurves } from "@/components/load-tests/curves";
import { LoadCurve } from "@/components/load-tests/load-curve";
import { StepTable } from "@/components/load-tests/step-table";
import { STATE_LOOK } from "@/components/load-tests/words";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import { Status } from "@/components/ui/status";
import { formatBytes } from "@/lib/format/bytes";
import { formatDurationMs } from "@/lib/format/duration";
import { formatMoney, formatMoneyPerHour } from "@/lib/format/money";
import { formatRate } from "@/lib/format/number";
import type { LoadTestDto } from "@/lib/load-tests/schema";

/** What one test measured: the curve, the knee, the cost at the target, and every step. */
export function LoadTestResult({ test }: { test: LoadTestDto }) {
  const { subject, knee, atTarget } = test;
  const kneeStep = knee.step === null ? null : test.steps[knee.step]!;
  const look = STATE_LOOK[test.state];
  return (
    <Panel title={`Revision ${test.revision} on ${subject.profile}`} actions={<Status state={look.state} look="soft" size="sm">{look.word}</Status>}
      description={`${test.plan.loop === "closed" ? "Closed loop" : "Open loop"}, ${test.plan.secondsPerStep} s a step · ${subject.model} v${subject.version} · ${subject.machine} · ${formatMoneyPerHour(subject.pricePerHour, "no price on file")} a replica · ${subject.requestKind === "example" ? "example request" : "own request"} of ${formatBytes(subject.requestBytes)}`}>
      <div className="grid gap-4">
        {test.error ? <Notice state={test.state === "failed" ? "failed" : "warning"} title={test.error} /> : null}
        {test.steps.length > 0 ? (
          <>
            <dl className="grid gap-3 sm:grid-cols-2">
              <Figure term="Knee" value={kneeStep ? `${formatRate(kneeStep.throughput)} at p95 ${formatDurationMs(kneeStep.p95Ms)}` : "Not found"} note={knee.note} />
              {atTarget ? <Figure term={`1,000 predictions at ${atTarget.percentile} ≤ ${formatDurationMs(atTarget.targetMs)}`} value={atTarget.costPer1000 === null ? "Not known" : `${formatMoney(atTarget.costPer1000)} at ${formatRate(atTarget.throughput)}`} note={atTarget.note} /> : null}
            </dl>
            <LoadCurve curves={percentileCurves(test)} label="Latency by throughput: p50, p95 and p99 of each step; figures in the table below" />
            <StepTable test={test} />
            <p className="text-sm text-ink-faint">{test.plan.loop === "closed" ? "A closed loop: each caller waits for its answer before it sends again, so a slow moment holds back the requests that would have come meanwhile. An open loop shows what callers see who come at their own pace." : "An open loop: latency counts from when a request was meant to be sent, so waiting behind a slow one is in it."}</p>
          </>
        ) : test.state === "running" || test.state === "queued" ? <p className="text-sm text-ink-muted">Figures come as each step ends.</p> : <p className="text-sm text-ink-muted">It ended before its first step did.</p>}
      </div>
    </Panel>
  );
}

const Figure = ({ term, value, note }: { term: string; value: string; note: string }) => <div className="grid content-start gap-0.5"><dt className="text-sm text-ink-muted">{term}</dt><dd className="figure text-lg">{value}</dd><dd className="text-sm text-ink-faint">{note}</dd></div>;
