"use client";
import { useState } from "react";
import { SettingsForm } from "@/components/deployments/settings/settings-form";
import { DrillPanel } from "@/components/deployments/settings/drill-panel";
import { DeleteDeployment } from "@/components/deployments/settings/delete-deployment";
import { useDeployment } from "@/components/deployments/use-deployment";
import { asProblem } from "@/components/form/as-problem";
import { ErrorState } from "@/components/ui/error-state";
import { Notice } from "@/components/ui/notice";
import { SkeletonText } from "@/components/ui/skeleton";

/** What can be changed of a deployment. The form begins anew whenever a change was kept, or a newer state was loaded after a conflict. */
export function SettingsTab({ project, slug, mayWrite, mayDrill, nowMs }: { project: string; slug: string; mayWrite: boolean; mayDrill: boolean; nowMs: number }) {
  const { data, etag, error } = useDeployment(project, slug);
  const [round, setRound] = useState<{ n: number; lost: string[] | null }>({ n: 0, lost: null });
  if (!data) return error ? <ErrorState title="Could not read the settings" reason={asProblem(error).detail} /> : <div className="panel p-4" role="status" aria-label="Loading"><SkeletonText lines={8} /></div>;
  const changeable = mayWrite && data.desiredState !== "deleted";
  return (
    <>
      {changeable ? null : <Notice title={data.desiredState === "deleted" ? "It is being deleted: nothing can be changed any more" : "A deployer of this project can change these"} />}
      {round.lost ? <Notice state="warning" title="Somebody changed this deployment; the newest is loaded">Your change of {round.lost.join(", ")} was not saved. Look at what is there now, then make it again.</Notice> : null}
      <SettingsForm key={round.n} project={project} deployment={data} etag={etag} changeable={changeable} onReset={(lost) => setRound((r) => ({ n: r.n + 1, lost }))} />
      {data.targetKind === "local" ? null : <DrillPanel project={project} slug={slug} mayDrill={mayDrill} ready={data.phase === "Ready"} nowMs={nowMs} />}
      {changeable ? <DeleteDeployment project={project} slug={slug} /> : null}
    </>
  );
}
