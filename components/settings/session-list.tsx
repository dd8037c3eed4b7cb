"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Monitor, Smartphone } from "lucide-react";
import { useState } from "react";
import { asProblem } from "@/components/form/as-problem";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ErrorState } from "@/components/ui/error-state";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { SessionDto } from "@/lib/users/me-schema";
import { deviceWords } from "./device-words";

/** Where one is signed in, and the way to end each. */
export function SessionList({ nowMs }: { nowMs: number }) {
  const client = useQueryClient();
  const [ending, setEnding] = useState<SessionDto | "others" | null>(null);
  const read = useQuery({ queryKey: keys.sessions, queryFn: ({ signal }) => fetchJson<{ items: SessionDto[] }>("/api/v1/me/sessions", { signal }) });
  const sessions = read.data?.items ?? [];
  const others = sessions.filter((s) => !s.current).length;
  const end = async () => {
    await fetchJson(ending === "others" ? "/api/v1/me/sessions" : `/api/v1/me/sessions/${encodeURIComponent((ending as SessionDto).id)}`, { method: "DELETE" });
    await client.invalidateQueries({ queryKey: keys.sessions });
    toast.success(ending === "others" ? "All other sessions ended" : "Session ended");
  };
  return (
    <>
      <PageHeader title="Sessions" meta="Where you are signed in. A session ends after 7 days without use, or 30 days in all."
        actions={others > 0 ? <Button onClick={() => setEnding("others")}>End all others</Button> : null} />
      <div className="panel overflow-clip">
        {read.isError && !read.data ? <ErrorState title="Could not read your sessions" reason={asProblem(read.error).detail} onRetry={() => void read.refetch()} retrying={read.isFetching} /> : (
          <ul aria-label="Your sessions" aria-busy={read.isPending} className="divide-y divide-line">
            {read.isPending ? [0, 1].map((i) => <li key={i} className="p-4"><Skeleton className="h-9" /></li>) : sessions.map((s) => {
              const words = deviceWords(s.userAgent);
              const Icon = /iPhone|iPad|Android/.test(words) ? Smartphone : Monitor;
              return (
                <li key={s.id} className="flex items-center gap-3 px-4 py-3">
                  <Icon aria-hidden className="size-5 shrink-0 text-ink-faint" />
                  <div className="grid min-w-0 flex-1 gap-0.5">
                    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium" title={s.userAgent ?? undefined}>{words}{s.current ? <Badge tone="ready">this one</Badge> : null}</p>
                    <p className="flex flex-wrap gap-x-3 text-sm text-ink-muted"><span className="font-mono text-[0.9286em]">{s.ipAddress ?? "address unknown"}</span><span>used <RelativeTime time={s.lastUsedAt} nowMs={nowMs} /></span><span>signed in <RelativeTime time={s.createdAt} nowMs={nowMs} /></span></p>
                  </div>
                  {s.current ? null : <Button size="sm" onClick={() => setEnding(s)} aria-label={`End the session of ${words}`}>End</Button>}
                </li>
              );
            })}
          </ul>
        )}
      </div>
      <ConfirmDialog open={ending !== null} onOpenChange={(open) => { if (!open) setEnding(null); }} title={ending === "others" ? `End ${others} other ${others === 1 ? "session" : "sessions"}?` : "End this session?"} confirmLabel={ending === "others" ? "End all others" : "End session"} onConfirm={end}>
        <p>{ending === "others" ? "Everywhere but here you have to sign in again." : `${ending ? deviceWords(ending.userAgent) : ""} has to sign in again.`} Its next request is refused.</p>
      </ConfirmDialog>
    </>
  );
}
