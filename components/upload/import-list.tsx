"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { againIfFailed } from "@/components/query/should-retry";
import { Button } from "@/components/ui/button";
import { Meter } from "@/components/ui/meter";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { Status, type State } from "@/components/ui/status";
import { toast } from "@/components/ui/toast";
import { asProblem } from "@/components/form/as-problem";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import { formatBytes } from "@/lib/format/bytes";
import type { ImportDto } from "@/lib/models/import/schema";

const LOOK: Record<ImportDto["state"], { state: State; word: string }> = { queued: { state: "progressing", word: "Waiting" }, running: { state: "progressing", word: "Fetching" }, done: { state: "ready", word: "Done" }, failed: { state: "failed", word: "Failed" }, cancelled: { state: "stopped", word: "Cancelled" } };
const POLL_MS = 1_500;
/** Imports shown once they are over. */
const SHOWN = 5;

/** The last imports of a model and how far they have come; nothing where there are none. */
export function ImportList({ project, model, mayWrite, nowMs }: { project: string; model: string; mayWrite: boolean; nowMs: number }) {
  const client = useQueryClient();
  const path = `/api/v1/projects/${project}/models/${model}/imports`;
  const list = useQuery({
    queryKey: [...keys.model(project, model), "imports"], queryFn: ({ signal }) => fetchJson<{ items: ImportDto[] }>(`${path}?limit=${SHOWN}`, { signal }),
    refetchInterval: (q) => (q.state.data?.items.some(isGoing) ? POLL_MS : againIfFailed(q)),
  });
  const going = list.data?.items.filter(isGoing).length ?? 0;
  const before = useRef(0);
  useEffect(() => {
    // One has come to its end: its version is new to the lists.
    if (going < before.current) void client.invalidateQueries({ queryKey: keys.models(project) });
    before.current = going;
  }, [going, client, project]);
  const cancel = (id: string) => fetchJson(`${path}/${id}`, { method: "DELETE" }).then(() => list.refetch(), (cause: unknown) => { toast.error(asProblem(cause).detail); });
  const items = list.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Panel title="Imports">
      <ul className="grid divide-y divide-line">
        {items.map((i) => (
          <li key={i.id} className="grid gap-1.5 py-3 first:pt-0 last:pb-0">
            <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
              <span className="min-w-0 font-mono text-sm wrap-anywhere">{sourceOf(i)}</span>
              <span className="flex items-center gap-2"><Status state={LOOK[i.state].state} size="sm">{i.state === "done" && i.version !== null ? `Version ${i.version}` : LOOK[i.state].word}</Status>{isGoing(i) && mayWrite ? <Button size="sm" variant="ghost" onClick={() => void cancel(i.id)}>Cancel</Button> : null}</span>
            </div>
            {isGoing(i) ? <Meter kind="progress" label={stepWords(i)} tone="progressing" value={i.progress.bytes && i.progress.bytesDone !== null ? i.progress.bytesDone / i.progress.bytes : null} valueText={i.progress.bytesDone === null ? "" : `${formatBytes(i.progress.bytesDone)}${i.progress.bytes === null ? "" : ` of ${formatBytes(i.progress.bytes)}`}`} /> : null}
            {i.error ? <p className="text-sm text-failed wrap-anywhere">{i.error}</p> : null}
            <span className="text-sm text-ink-faint">by {i.createdBy}, <RelativeTime time={i.createdAt} nowMs={nowMs} /></span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const isGoing = (i: ImportDto) => i.state === "queued" || i.state === "running";

function sourceOf({ request }: ImportDto): string {
  if ("url" in request) return request.url;
  return "huggingFace" in request ? `${request.huggingFace.repo}@${request.huggingFace.revision}` : request.s3.uri;
}

function stepWords({ progress: p }: ImportDto): string {
  if (p.step === "fetching") return p.files !== null && p.files > 1 ? `File ${(p.filesDone ?? 0) + 1} of ${p.files}` : (p.currentFile ?? "Fetching");
  return { waiting: "Waiting for a worker", listing: "Listing the files", inspecting: "Inspecting" }[p.step];
}
