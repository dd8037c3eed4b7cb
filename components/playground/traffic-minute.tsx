"use client";
import { Activity, Square } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { EncodedRequest } from "@/lib/models/inspect/encode-request";
import { sendPredict } from "@/components/playground/send-predict";
import { Button } from "@/components/ui/button";
import { Meter } from "@/components/ui/meter";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { formatDurationMs } from "@/lib/format/duration";
import { formatCount } from "@/lib/format/number";

const MINUTE_MS = 60_000;
/** Failures in a row after which more of the same would tell nothing new. */
const GIVE_UP_AFTER = 20;
type Run = { running: boolean; elapsedMs: number; answered: number; failed: number; answeredMs: number; lastError: string | null };

/** Generated traffic: the same request again and again for a minute at most, so that latency, queue and cost have something to show. */
export function TrafficMinute({ project, deployment, encode, disabled, onDone }: { project: string; deployment: string; encode: () => EncodedRequest | null; disabled: boolean; onDone: () => void }) {
  const [concurrency, setConcurrency] = useState<"1" | "2" | "4">("2");
  const [run, setRun] = useState<Run | null>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const start = async () => {
    const request = encode();
    if (!request) return;
    const control = new AbortController();
    abort.current = control;
    const from = performance.now();
    const tally: Run = { running: true, elapsedMs: 0, answered: 0, failed: 0, answeredMs: 0, lastError: null };
    const show = (running: boolean) => setRun({ ...tally, running, elapsedMs: Math.min(MINUTE_MS, performance.now() - from) });
    const ticks = setInterval(() => show(true), 250);
    const end = setTimeout(() => control.abort(), MINUTE_MS);
    let inARow = 0;
    const worker = async () => {
      while (!control.signal.aborted) {
        const answer = await sendPredict(project, deployment, request, control.signal);
        if (answer.ok) { tally.answered++; tally.answeredMs += answer.totalMs; inARow = 0; continue; }
        tally.failed++;
        tally.lastError = answer.message;
        if (++inARow >= GIVE_UP_AFTER) return control.abort();
        await new Promise((done) => setTimeout(done, 500));
      }
    };
    show(true);
    // A worker ends by the abort, which is how the minute, the Stop button and leaving the page all end it.
    await Promise.allSettled(Array.from({ length: Number(concurrency) }, worker));
    clearInterval(ticks);
    clearTimeout(end);
    show(false);
    onDone();
  };

  const words = run ? `${formatCount(run.answered)} answered${run.failed > 0 ? `, ${formatCount(run.failed)} failed` : ""}${run.answered > 0 ? ` · ${formatDurationMs(run.answeredMs / run.answered)} on average` : ""}` : "";
  return (
    <Panel title="A minute of traffic" description="Generated traffic: the request above, again and again for 60 s at most. It counts in the measures and the cost as any other.">
      <div className="grid gap-3">
        <div className="flex flex-wrap items-center gap-3">
          {run?.running ? <Button onClick={() => abort.current?.abort()}><Square aria-hidden />Stop</Button> : <Button onClick={() => void start()} disabled={disabled}><Activity aria-hidden />Generate a minute of traffic</Button>}
          <div className="flex items-center gap-2 text-sm text-ink-muted">At once <SegmentedControl aria-label="Requests at once" options={[{ value: "1", label: "1" }, { value: "2", label: "2" }, { value: "4", label: "4" }]} value={concurrency} onValueChange={setConcurrency} /></div>
        </div>
        {run ? <Meter kind="progress" label={run.running ? "Generated traffic, running" : "Generated traffic, ended"} value={run.elapsedMs / MINUTE_MS} valueText={`${Math.round(run.elapsedMs / 1000)} of 60 s`} tone="utilisation" /> : null}
        {run ? <p className="text-sm text-ink-muted tabular" aria-live="off">{words}</p> : null}
        {run?.lastError ? <Notice state="warning" title="Some requests failed">{run.lastError}</Notice> : null}
      </div>
    </Panel>
  );
}
