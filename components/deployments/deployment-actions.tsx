"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { CirclePlay, CircleStop, Ellipsis, RotateCcw, Trash2 } from "lucide-react";
import { useState } from "react";
import { waits, waitsWords } from "@/components/approvals/waits";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { DropdownMenu } from "@/components/ui/dropdown-menu";
import { toast } from "@/components/ui/toast";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { DeploymentDto } from "@/lib/deployments/schema";

type Action = "start" | "stop" | "retry";
const DONE: Record<Action, string> = { start: "Starting", stop: "Stopping: requests in flight are finished first", retry: "Trying again" };

/** Start, Stop, Retry and Delete, each only where it makes sense. */
export function DeploymentActions({ project, deployment: d }: { project: string; deployment: DeploymentDto }) {
  const client = useQueryClient();
  const [asking, setAsking] = useState<"stop" | "delete" | null>(null);
  const path = `/api/v1/projects/${project}/deployments/${d.slug}`;
  const refresh = () => client.invalidateQueries({ queryKey: keys.deployments(project) });
  const act = useMutation({
    mutationFn: (action: Action) => fetchJson(`${path}/${action}`, { method: "POST" }),
    onSuccess: (body, action) => { toast.success(waits(body) ? waitsWords(d.slug) : DONE[action]); return refresh(); },
    onError: (error) => { toast.error("That did not work", { description: error.message }); },
  });
  if (d.desiredState === "deleted") return null;
  const failed = d.phase === "Failed" || d.status.conditions.some((c) => c.type === "Progressing" && (c.reason === "CrashLoop" || c.reason === "Blocked"));
  return (
    <>
      <DropdownMenu trigger={<Button variant="ghost" icon aria-label={`More for ${d.slug}`}><Ellipsis aria-hidden /></Button>}
        groups={[{ items: [{ label: "Delete deployment", icon: <Trash2 aria-hidden />, danger: true, onSelect: () => setAsking("delete") }] }]} />
      {d.desiredState === "running" ? <Button onClick={() => setAsking("stop")} disabled={act.isPending}><CircleStop aria-hidden />Stop</Button> : null}
      {d.desiredState === "running" && failed ? <Button variant="primary" loading={act.isPending} onClick={() => act.mutate("retry")}><RotateCcw aria-hidden />Retry revision {d.status.desiredRevision}</Button> : null}
      {d.desiredState === "stopped" ? <Button variant="primary" loading={act.isPending} onClick={() => act.mutate("start")}><CirclePlay aria-hidden />Start</Button> : null}
      <ConfirmDialog open={asking === "stop"} onOpenChange={() => setAsking(null)} title={`Stop ${d.slug}?`} confirmLabel="Stop deployment" onConfirm={() => act.mutateAsync("stop")}>
        <p>Its replicas finish what they are answering and go; from then on the endpoint answers 503 and nothing costs. Revisions, settings and measures stay, and Start brings it back.</p>
      </ConfirmDialog>
      <ConfirmDialog open={asking === "delete"} onOpenChange={() => setAsking(null)} title={`Delete ${d.slug}?`} confirmLabel="Delete deployment" typeToConfirm={d.slug}
        onConfirm={async () => { await fetchJson(path, { method: "DELETE" }); toast.success(`${d.slug} is being deleted`); await refresh(); }}>
        <p>The endpoint stops answering at once and its revisions go with it. This cannot be undone. The model stays, and so does what the deployment cost.</p>
      </ConfirmDialog>
    </>
  );
}
