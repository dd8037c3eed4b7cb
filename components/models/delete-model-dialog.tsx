"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toast";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { modelsHref } from "@/lib/api-client/hrefs";
import { keys } from "@/lib/api-client/query-keys";
import type { ModelDto } from "@/lib/models/schema";

/** Asks, deletes the model with its versions, and leads to the list. */
export function DeleteModelDialog({ open, onOpenChange, project, model }: { open: boolean; onOpenChange: (open: boolean) => void; project: string; model: ModelDto }) {
  const router = useRouter();
  const client = useQueryClient();
  const remove = async () => {
    await fetchJson(`/api/v1/projects/${project}/models/${model.slug}`, { method: "DELETE" });
    toast.success(`Model ${model.slug} deleted`);
    router.push(modelsHref(project));
    await client.invalidateQueries({ queryKey: [...keys.models(project), "page"] });
  };
  return (
    <ConfirmDialog open={open} onOpenChange={onOpenChange} title={`Delete ${model.displayName}?`} confirmLabel="Delete model" typeToConfirm={model.slug} onConfirm={remove}>
      <p>Its {model.versions === 1 ? "one version goes" : `${model.versions} versions go`} with it, and so do their files. This cannot be undone.</p>
      {model.deployments > 0 ? <p>It is deployed {model.deployments === 1 ? "once" : `${model.deployments} times`}: delete those deployments first.</p> : null}
    </ConfirmDialog>
  );
}
