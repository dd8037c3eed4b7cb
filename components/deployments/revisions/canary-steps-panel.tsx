"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { limitRows } from "@/components/deployments/revisions/limit-rows";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { cx } from "@/components/ui/cx";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { Status } from "@/components/ui/status";
import { toast } from "@/components/ui/toast";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { CanaryPlan, CanaryStatusDto } from "@/lib/deployments/canary-plan";
import type { DeploymentDto } from "@/lib/deployments/schema";
import { formatDurationSeconds } from "@/lib/format/duration";

type Props = { project: string; deployment: DeploymentDto; canary: CanaryStatusDto; plan: CanaryPlan; mayWrite: boolean; nowMs: number };
type Act = "pause" | "resume" | "promote" | "abort";

/** A canary that moves by itself: where it is, what was measured against which limit, and the ways to step in. */
export function CanaryStepsPanel({ project, deployment: d, canary, plan, mayWrite, nowMs }: Props) {
  const client = useQueryClient();
  const [asking, setAsking] = useState<"promote" | "abort" | null>(null);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const stable = d.status.stableRevision;
  const act = async (how: Act, words: string) => {
    await fetchJson(`/api/v1/projects/${project}/deployments/${d.slug}/${how}`, { method: "POST" });
    toast.success(words);
    await client.invalidateQueries({ queryKey: keys.deployment(project, d.slug) });
  };
  const hold = async (how: "pause" | "resume") => {
    setBusy(true);
    setRefused(null);
    try {
      await act(how, how === "pause" ? `The canary stays at ${canary.weight} %` : "The canary goes on");
    } catch (cause) {
      setRefused(cause instanceof Error ? cause.message : "That did not work. Try again.");
    } finally {
      setBusy(false);
    }
  };
  const paused = canary.state === "paused";
  const rows = limitRows(plan, canary.measured);
  return (
    <Panel title={`Canary: revision ${canary.revision}`} description={`Step ${canary.step} of ${plan.steps.length}, at least ${formatDurationSeconds(plan.stepSeconds)} each; revision ${stable ?? "unknown"} answers the rest`}
      actions={mayWrite ? <>
        <Button onClick={() => setAsking("abort")}>Abort</Button>
        {canary.state === "promoting" ? null : <Button loading={busy} onClick={() => void hold(paused ? "resume" : "pause")}>{paused ? "Resume" : "Pause"}</Button>}
        {canary.state === "promoting" ? null : <Button variant="primary" onClick={() => setAsking("promote")}>Promote now</Button>}
      </> : undefined}>
      <div className="grid gap-4">
        <ol className="flex gap-1" aria-label="Steps">
          {[...plan.steps, 100].map((weight, i) => {
            const at = canary.state === "promoting" ? plan.steps.length : canary.step - 1;
            return (
              <li key={weight} aria-current={i === at ? "step" : undefined} className="grid min-w-0 flex-1 gap-1">
                <span className={cx("h-1.5 rounded-full", i < at ? "bg-ready" : i === at ? (paused ? "bg-warning" : "bg-progressing") : "bg-line-strong")} />
                <span className={cx("figure text-xs", i === at ? "font-medium text-ink" : "text-ink-faint")}>{weight} %</span>
              </li>
            );
          })}
        </ol>
        <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
          <Status state={paused ? "warning" : "progressing"} size="sm">{paused ? "Paused" : canary.state === "promoting" ? "Taking over" : canary.stepSince === null ? "Waiting" : "Measuring"}</Status>
          <span className="text-ink">{paused ? "It keeps its share, and is neither promoted nor rolled back." : canary.reason}</span>
          {canary.stepSince ? <span className="text-sm text-ink-muted">this step since <RelativeTime time={canary.stepSince} nowMs={nowMs} /></span> : null}
        </p>
        <table className="w-full text-sm">
          <thead><tr className="text-left text-ink-muted"><th scope="col" className="py-1 pr-3 font-normal">In this step</th><th scope="col" className="py-1 pr-3 text-right font-normal">r{canary.revision}</th><th scope="col" className="py-1 pr-3 text-right font-normal">r{stable ?? "?"}</th><th scope="col" className="py-1 text-right font-normal">Limit</th></tr></thead>
          <tbody>
            {rows.map((r) => (
              <tr key={r.label} className="border-t border-line">
                <th scope="row" className="py-1.5 pr-3 text-left font-normal text-ink">{r.label}</th>
                <td className="figure py-1.5 pr-3 text-right text-ink">{r.canary}</td><td className="figure py-1.5 pr-3 text-right text-ink-muted">{r.stable}</td><td className="figure py-1.5 text-right text-ink-muted">{r.limit}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {refused ? <Notice state="failed" title={refused} /> : null}
      </div>
      <ConfirmDialog open={asking === "promote"} onOpenChange={() => setAsking(null)} tone="primary" title={`Promote revision ${canary.revision} now?`} confirmLabel={`Promote revision ${canary.revision}`} onConfirm={() => act("promote", `Revision ${canary.revision} takes all the traffic`)}>
        <p>It takes all the traffic at once, without the steps that are left and without another look at its limits. You can roll back.</p>
      </ConfirmDialog>
      <ConfirmDialog open={asking === "abort"} onOpenChange={() => setAsking(null)} title="Abort the canary?" confirmLabel="Abort canary" onConfirm={() => act("abort", `Back to revision ${stable}`)}>
        <p>Revision {stable} answers everything again, and the replicas of revision {canary.revision} are drained. Revision {canary.revision} stays in the list.</p>
      </ConfirmDialog>
    </Panel>
  );
}
