"use client";
import { Square } from "lucide-react";
import { useState } from "react";
import { asProblem } from "@/components/form/as-problem";
import { loadWords } from "@/components/load-tests/words";
import { Button } from "@/components/ui/button";
import { Meter } from "@/components/ui/meter";
import { Panel } from "@/components/ui/panel";
import { toast } from "@/components/ui/toast";
import { formatCount } from "@/lib/format/number";
import { loadsOf, type LoadTestDto } from "@/lib/load-tests/schema";

/** How far a test has come, and the way to stop it. */
export function RunningTest({ test, mayWrite, onStop }: { test: LoadTestDto; mayWrite: boolean; onStop: () => Promise<unknown> }) {
  const [stopping, setStopping] = useState(false);
  const p = test.progress;
  const load = p && p.step > 0 ? loadsOf(test.plan)[p.step - 1] : undefined;
  const stop = () => {
    setStopping(true);
    onStop().catch((cause: unknown) => toast.error(asProblem(cause).detail)).finally(() => setStopping(false));
  };
  return (
    <Panel title={test.state === "queued" ? "Waiting for a worker" : "A load test is running"} description={`Revision ${test.revision}, asked for by ${test.createdBy}`} actions={mayWrite ? <Button onClick={stop} loading={stopping}><Square aria-hidden />Stop the test</Button> : undefined}>
      <div className="grid gap-2" aria-live="polite">
        <Meter kind="progress" tone="progressing" label={!p ? "Not begun" : p.step === 0 ? "Warming up" : `Step ${p.step} of ${p.steps}${load === undefined ? "" : `, ${loadWords(test.plan, load)}`}`} value={p ? p.secondsDone / p.secondsInAll : 0} valueText={p ? `${Math.round(p.secondsDone)} of ${p.secondsInAll} s` : ""} />
        {p ? <p className="text-sm text-ink-muted tabular">{formatCount(p.answered)} answered{p.failed > 0 ? `, ${formatCount(p.failed)} failed` : ""} in this step</p> : null}
      </div>
    </Panel>
  );
}
