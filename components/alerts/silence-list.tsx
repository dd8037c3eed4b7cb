"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { toast } from "@/components/ui/toast";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { SilenceDto } from "@/lib/alerts/schema";

type Props = { project: string | null; /** Projects whose silences the reader may end. */ writable: readonly string[]; nowMs: number };

/** Silences that are on, whether anything fires under them or not. Nothing where there is none. */
export function SilenceList({ project, writable, nowMs }: Props) {
  const client = useQueryClient();
  const [ending, setEnding] = useState<SilenceDto | null>(null);
  const silences = useQuery({ queryKey: keys.alertSilences, queryFn: ({ signal }) => fetchJson<{ items: SilenceDto[] }>("/api/v1/alert-silences", { signal }), refetchInterval: 60_000 });
  const shown = (silences.data?.items ?? []).filter((s) => project === null || s.project === project);
  if (silences.isError && !silences.data) return <Panel title="Silences"><p className="text-ink-muted">The silences could not be read. {silences.error.message} <Button size="sm" onClick={() => void silences.refetch()} loading={silences.isFetching}>Try again</Button></p></Panel>;
  if (shown.length === 0) return null;
  return (
    <Panel title="Silences" description="Nobody is told of these until they end" flush>
      <ul className="divide-y divide-line border-t border-line">
        {shown.map((s) => (
          <li key={s.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5">
            <span className="grid min-w-0 flex-1 gap-0.5">
              <span className="font-medium wrap-anywhere">{whatOf(s)} <span className="text-sm font-normal text-ink-faint">{s.project}</span></span>
              <span className="text-sm text-ink-muted wrap-anywhere">{s.reason} <span className="text-ink-faint">({s.createdBy})</span></span>
            </span>
            <span className="text-sm text-ink-muted">ends <RelativeTime time={s.endsAt} nowMs={nowMs} /></span>
            {writable.includes(s.project) ? <Button size="sm" onClick={() => setEnding(s)} aria-label={`End the silence of ${whatOf(s)}`}>End</Button> : null}
          </li>
        ))}
      </ul>
      <ConfirmDialog open={ending !== null} onOpenChange={(open) => { if (!open) setEnding(null); }} title="End this silence?" confirmLabel="End silence" tone="primary"
        onConfirm={async () => { await fetchJson(`/api/v1/projects/${ending!.project}/alert-silences/${ending!.id}`, { method: "DELETE" }); await client.invalidateQueries({ queryKey: keys.alerts }); toast.success("The silence is over"); }}>
        <p>What fires from now on is told again. What began to fire during the silence is not told afterwards.</p>
      </ConfirmDialog>
    </Panel>
  );
}

const whatOf = (s: SilenceDto): string => `${s.rule ?? "Every rule"}, ${s.deployment ?? (s.rule ? "wherever it fires" : "the whole project")}`;
