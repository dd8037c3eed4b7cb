"use client";
import { useEffect, useState } from "react";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { Timeline, type TimelineStep } from "@/components/ui/timeline";
import type { DeploymentDto } from "@/lib/deployments/schema";
import { formatDurationSeconds } from "@/lib/format/duration";

const STEPS = ["queued", "placed", "loading", "ready"] as const;
const WORDS: Record<(typeof STEPS)[number], { title: string; detail: string }> = {
  queued: { title: "Queued", detail: "A worker takes the change up" },
  placed: { title: "Placed", detail: "Memory and processor are set aside" },
  loading: { title: "Loading", detail: "The model server starts and reads the model" },
  ready: { title: "Ready", detail: "It answers requests" },
};
/** What a step is where replicas are pods. */
const ON_CLUSTER: Partial<Record<(typeof STEPS)[number], string>> = { queued: "A worker takes the change up, and the cluster finds a node", placed: "The image is pulled", loading: "The files are fetched and verified, the server reads the model" };

/** The way of the last change, step by step, with the seconds each took. */
export function DeployTimeline({ deployment: d, nowMs }: { deployment: DeploymentDto; nowMs: number }) {
  const ended = d.status.timeline.some((t) => t.step === "ready") || d.phase === "Failed" || d.phase === "Stopped" || d.phase === "Stopping" || d.phase === "Deleting";
  const now = useNow(nowMs, !ended);
  const first = d.status.timeline[0];
  const ready = d.status.timeline.find((t) => t.step === "ready");
  const steps = STEPS.map((step): TimelineStep => {
    const at = d.status.timeline.find((t) => t.step === step);
    const detail = (d.targetKind === "local" ? undefined : ON_CLUSTER[step]) ?? WORDS[step].detail;
    if (!at) return { id: step, title: WORDS[step].title, state: "waiting", detail };
    const lasts = at.seconds === null && step !== "ready";
    const seconds = at.seconds ?? (lasts && !ended ? (now - Date.parse(at.at)) / 1000 : null);
    return {
      id: step, title: WORDS[step].title, detail,
      state: !lasts ? "ready" : d.phase === "Failed" ? "failed" : ended ? "stopped" : "progressing",
      aside: step === "ready" ? <RelativeTime time={at.at} nowMs={nowMs} /> : seconds === null ? null : formatDurationSeconds(Math.max(0, lasts ? Math.floor(seconds) : seconds)),
    };
  });
  return (
    <Panel title={ready ? `Deployed in ${formatDurationSeconds((Date.parse(ready.at) - Date.parse(first!.at)) / 1000)}` : "Deploy"} description={`Revision ${d.status.desiredRevision}`}>
      <Timeline label="Steps of the deploy" steps={steps} />
    </Panel>
  );
}

/** The clock, by the second, while something is timed. The server's first, so that both sides print the same. */
function useNow(nowMs: number, running: boolean): number {
  const [now, setNow] = useState(nowMs);
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [running]);
  return now;
}
