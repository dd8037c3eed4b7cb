"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Sheet } from "@/components/ui/sheet";
import { SkeletonText } from "@/components/ui/skeleton";
import { Status, type State } from "@/components/ui/status";
import { toast } from "@/components/ui/toast";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { ChannelDto, DeliveryDto } from "@/lib/alerts/schema";

const looks: Record<DeliveryDto["state"], { state: State; word: string }> = { waiting: { state: "progressing", word: "On its way" }, delivered: { state: "ready", word: "Taken" }, dead: { state: "failed", word: "Given up" } };
/** What failed once and is tried again is not simply on its way. */
const lookOf = (d: DeliveryDto): { state: State; word: string } => (d.state === "waiting" && d.lastError !== null ? { state: "warning", word: "Not taken yet" } : looks[d.state]);
type View = "all" | "dead";
type Props = { project: string; channel: ChannelDto | null; view: View; onView: (view: View) => void; onClose: () => void; mayWrite: boolean; nowMs: number };

/** A channel's newest messages; those that were given up can be sent again. */
export function DeliverySheet({ channel, onClose, ...rest }: Props) {
  return <Sheet open={channel !== null} onOpenChange={(open) => { if (!open) onClose(); }} title={`Messages to ${channel?.name ?? ""}`}>{channel ? <Deliveries channel={channel} {...rest} /> : null}</Sheet>;
}

function Deliveries({ project, channel, view, onView, mayWrite, nowMs }: Omit<Props, "channel" | "onClose"> & { channel: ChannelDto }) {
  const client = useQueryClient();
  const [sending, setSending] = useState<string | null>(null);
  const list = useQuery({
    queryKey: [...keys.alertChannels(project), channel.id, "deliveries", view], queryFn: ({ signal }) => fetchJson<{ items: DeliveryDto[] }>(`/api/v1/projects/${project}/alert-channels/${channel.id}/deliveries?state=${view}`, { signal }),
    // While one is on its way somebody waits for what comes of it.
    refetchInterval: (q) => (q.state.data?.items.some((d) => d.state === "waiting") ? 2_000 : 30_000),
  });
  const replay = async (d: DeliveryDto) => {
    setSending(d.id);
    try {
      await fetchJson(`/api/v1/projects/${project}/alert-deliveries/${d.id}/replay`, { method: "POST" });
      await client.invalidateQueries({ queryKey: keys.alertChannels(project) });
      toast.success("It is on its way again");
    } catch (cause) {
      toast.error(cause instanceof Error ? cause.message : "It was not sent again. Try once more.");
    } finally {
      setSending(null);
    }
  };
  return (
    <div className="grid gap-4">
      <div><SegmentedControl aria-label="Which messages" value={view} onValueChange={onView} options={[{ value: "all", label: "All" }, { value: "dead", label: "Given up" }]} size="md" /></div>
      {list.isError && !list.data ? <ErrorState title="The messages could not be read" reason={list.error.message} onRetry={() => void list.refetch()} retrying={list.isFetching} />
        : list.isPending ? <div role="status" aria-label="Loading"><SkeletonText lines={4} /></div>
        : list.data.items.length === 0 ? <p className="text-ink-muted">{view === "dead" ? "No message was given up." : "No message yet. Send a test to see that it arrives."}</p> : (
          <ul className="-mx-4 divide-y divide-line border-y border-line">
            {list.data.items.map((d) => (
              <li key={d.id} className="grid gap-1 px-4 py-2.5">
                <span className="flex items-center justify-between gap-3"><Status state={lookOf(d).state} size="sm">{lookOf(d).word}</Status><span className="text-sm text-ink-faint"><RelativeTime time={d.createdAt} nowMs={nowMs} /></span></span>
                <span className="wrap-anywhere">{d.title}</span>
                {d.lastError ? <span className="text-sm text-ink-muted wrap-anywhere">{d.lastError}</span> : null}
                <span className="flex items-center justify-between gap-3 text-sm text-ink-faint">
                  <span>{d.attempts} {d.attempts === 1 ? "attempt" : "attempts"}{d.nextAttemptAt && d.attempts > 0 ? <>, the next {Date.parse(d.nextAttemptAt) < Date.now() + 10_000 ? "in a moment" : <RelativeTime time={d.nextAttemptAt} nowMs={nowMs} />}</> : null}</span>
                  {d.state === "dead" && mayWrite ? <Button size="sm" loading={sending === d.id} disabled={sending !== null} onClick={() => void replay(d)}>Send again</Button> : null}
                </span>
              </li>
            ))}
          </ul>
        )}
    </div>
  );
}
