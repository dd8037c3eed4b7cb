"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { asProblem } from "@/components/form/as-problem";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import { Slider } from "@/components/ui/slider";
import { toast } from "@/components/ui/toast";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { DeploymentDto } from "@/lib/deployments/schema";

type Props = { project: string; deployment: DeploymentDto; etag: string | undefined; weight: number; mayWrite: boolean };

/** A held canary: how much of the traffic it gets, and the two ways it ends. */
export function CanaryPanel({ project, deployment, etag, weight, mayWrite }: Props) {
  const client = useQueryClient();
  const [chosen, setChosen] = useState<number | null>(null);
  const [asking, setAsking] = useState<"promote" | "abort" | null>(null);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const { stableRevision: stable, desiredRevision: canary } = deployment.status;
  const path = `/api/v1/projects/${project}/deployments/${deployment.slug}`;
  const shown = chosen ?? weight;
  const refresh = () => client.invalidateQueries({ queryKey: keys.deployment(project, deployment.slug) });
  const setWeight = async () => {
    setBusy(true);
    setRefused(null);
    try {
      await fetchJson(path, { method: "PATCH", body: { canaryWeight: shown }, ifMatch: etag });
      toast.success(`Revision ${canary} gets ${shown} % of the traffic`);
      await refresh();
      setChosen(null);
    } catch (cause) {
      const problem = asProblem(cause);
      await refresh();
      setRefused(problem.status === 412 ? "Somebody changed this deployment; the newest is loaded. Look again, then set the share." : problem.detail);
    } finally {
      setBusy(false);
    }
  };
  const end = async (how: "promote" | "abort") => {
    await fetchJson(`${path}/${how}`, { method: "POST" });
    toast.success(how === "promote" ? `Revision ${canary} takes all the traffic` : `Back to revision ${stable}`);
    void refresh();
  };
  return (
    <Panel title={`Canary: revision ${canary}`} description={`Held at ${weight} % of the traffic; revision ${stable ?? "unknown"} answers the rest.`}
      actions={mayWrite ? <><Button onClick={() => setAsking("abort")}>Abort canary</Button><Button variant="primary" onClick={() => setAsking("promote")}>Promote revision {canary}</Button></> : undefined}>
      <div className="grid gap-3">
        <div className="flex h-6 overflow-hidden rounded-md text-xs font-medium" aria-hidden>
          <span className="grid place-items-center overflow-hidden bg-sunken text-ink-muted" style={{ width: `${100 - shown}%` }}>{shown < 85 ? `r${stable ?? "?"} ${100 - shown} %` : null}</span>
          <span className="grid place-items-center overflow-hidden bg-progressing-soft text-progressing" style={{ width: `${shown}%` }}>{shown > 15 ? `r${canary} ${shown} %` : null}</span>
        </div>
        {mayWrite ? (
          <div className="grid items-center gap-3 sm:grid-cols-[minmax(0,1fr)_auto]">
            <Slider value={[shown]} onValueChange={([v]) => setChosen(v ?? weight)} min={1} max={99} thumbLabels={["Percent of the traffic for the canary"]} minLabel="1 %" maxLabel="99 %" disabled={busy} />
            <Button onClick={() => void setWeight()} loading={busy} disabled={shown === weight}>Set to <span className="figure">{shown} %</span></Button>
          </div>
        ) : null}
        {refused ? <Notice state="warning" title={refused} /> : null}
      </div>
      <ConfirmDialog open={asking === "promote"} onOpenChange={() => setAsking(null)} tone="primary" title={`Promote revision ${canary}?`} confirmLabel={`Promote revision ${canary}`} onConfirm={() => end("promote")}>
        <p>It takes all the traffic, and the replicas of revision {stable} are drained. You can roll back.</p>
      </ConfirmDialog>
      <ConfirmDialog open={asking === "abort"} onOpenChange={() => setAsking(null)} title="Abort the canary?" confirmLabel="Abort canary" onConfirm={() => end("abort")}>
        <p>Revision {stable} answers everything again, and the replicas of revision {canary} are drained. Revision {canary} stays in the list.</p>
      </ConfirmDialog>
    </Panel>
  );
}
