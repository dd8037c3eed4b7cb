"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Panel } from "@/components/ui/panel";
import { toast } from "@/components/ui/toast";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { deploymentsHref } from "@/lib/api-client/hrefs";
import { keys } from "@/lib/api-client/query-keys";

/** Deletes it once its name was typed, and leads to the list. */
export function DeleteDeployment({ project, slug }: { project: string; slug: string }) {
  const router = useRouter();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const remove = async () => {
    await fetchJson(`/api/v1/projects/${project}/deployments/${slug}`, { method: "DELETE" });
    toast.success(`${slug} is being deleted`);
    router.push(deploymentsHref(project));
    await client.invalidateQueries({ queryKey: [...keys.deployments(project), "page"] });
  };
  return (
    <>
      <Panel className="pb-3" title="Delete" description="The endpoint stops answering; what it cost stays on the costs page." actions={<Button variant="danger" onClick={() => setOpen(true)}>Delete deployment…</Button>} />
      <ConfirmDialog open={open} onOpenChange={setOpen} title={`Delete ${slug}?`} confirmLabel="Delete deployment" typeToConfirm={slug} onConfirm={remove}>
        <p>Its replicas finish what they are answering and are gone, with every revision. This cannot be undone. The model stays.</p>
      </ConfirmDialog>
    </>
  );
}
