"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toast";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";

export type VersionAction = { kind: "approve" | "delete"; version: number };

/** Asks before a version is approved or deleted. */
export function VersionDialogs({ project, model, action, onClose }: { project: string; model: string; action: VersionAction | null; onClose: () => void }) {
  const client = useQueryClient();
  const router = useRouter();
  const n = action?.version;
  const path = `/api/v1/projects/${project}/models/${model}/versions/${n}`;
  const done = async (words: string) => {
    toast.success(words);
    await client.invalidateQueries({ queryKey: keys.models(project) });
    router.refresh();
  };
  return (
    <>
      <ConfirmDialog open={action?.kind === "delete"} onOpenChange={(open) => { if (!open) onClose(); }} title={`Delete version ${n} of ${model}?`} confirmLabel="Delete version"
        onConfirm={async () => { await fetchJson(path, { method: "DELETE" }); await done(`Version ${n} deleted`); }}>
        <p>Its files go with it, unless another version shares them. This cannot be undone; the number is not given again.</p>
      </ConfirmDialog>
      <ConfirmDialog open={action?.kind === "approve"} onOpenChange={(open) => { if (!open) onClose(); }} tone="primary" title={`Approve version ${n} of ${model}?`} confirmLabel={`Approve version ${n}`}
        onConfirm={async () => { await fetchJson(`${path}/approve`, { method: "POST" }); await done(`Version ${n} approved`); }}>
        <p>Loading it runs the code it carries. Once approved it may run on a cluster, in a restricted pod; never on this machine. Your name is kept with the approval.</p>
      </ConfirmDialog>
    </>
  );
}
