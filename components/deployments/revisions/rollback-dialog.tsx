"use client";
import { useQueryClient } from "@tanstack/react-query";
import { ChangePlan } from "@/components/deployments/revisions/change-plan";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toast";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";

type Props = { project: string; slug: string; from: number; /** null: closed. */ to: number | null; /** It answers requests now. */ serves: boolean; onClose: () => void };

/** Shows what going back changes, then asks for it. */
export function RollbackDialog({ project, slug, from, to, serves, onClose }: Props) {
  const client = useQueryClient();
  const rollBack = async () => {
    await fetchJson(`/api/v1/projects/${project}/deployments/${slug}/rollback`, { body: { revision: to } });
    toast.success(`Rolling back to revision ${to}`);
    void client.invalidateQueries({ queryKey: keys.deployment(project, slug) });
  };
  return (
    <ConfirmDialog open={to !== null} onOpenChange={(open) => { if (!open) onClose(); }} title={`Roll back to revision ${to ?? ""}?`} size="lg" confirmLabel={`Roll back to revision ${to ?? ""}`} tone="primary" onConfirm={rollBack}>
      <p>{serves ? `Revision ${to} serves already and takes all the traffic again; revision ${from} is drained.` : `Revision ${to} starts as it was and takes over once it is ready. Until then requests are answered as they are now.`}</p>
      {to === null ? null : <ChangePlan project={project} slug={slug} change={{ rollback: { revision: to } }} />}
    </ConfirmDialog>
  );
}
