"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { BellRing } from "lucide-react";
import { parseAsStringLiteral, parseAsString, useQueryStates } from "nuqs";
import { useMemo, useState } from "react";
import { ChannelDialog } from "@/components/alerts/channel-dialog";
import { CHANNEL_WORDS } from "@/components/alerts/channel-words";
import { DeliverySheet } from "@/components/alerts/delivery-list";
import { RowMenu } from "@/components/list/row-menu";
import { ProjectPicker } from "@/components/settings/project-picker";
import { StaleQuery } from "@/components/query/stale-query";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { Panel } from "@/components/ui/panel";
import { Status } from "@/components/ui/status";
import { tableColumns } from "@/components/ui/table-columns";
import { toast } from "@/components/ui/toast";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { ChannelDto } from "@/lib/alerts/schema";

const c = tableColumns<ChannelDto>();
type Props = { project: { slug: string; name: string }; choices: { slug: string; name: string }[]; mayWrite: boolean; mailWorks: boolean; nowMs: number };

/** Where a project's alerts are told, and what did not arrive. The channel whose messages are open stands in the address. */
export function ChannelList({ project, choices, mayWrite, mailWorks, nowMs }: Props) {
  const client = useQueryClient();
  const [{ channel: openId, messages }, setUrl] = useQueryStates({ channel: parseAsString, messages: parseAsStringLiteral(["all", "dead"]).withDefault("all") }, { clearOnDefault: true });
  const [adding, setAdding] = useState(false);
  const [deleting, setDeleting] = useState<ChannelDto | null>(null);
  const path = `/api/v1/projects/${project.slug}/alert-channels`;
  const channels = useQuery({ queryKey: keys.alertChannels(project.slug), queryFn: ({ signal }) => fetchJson<{ items: ChannelDto[] }>(path, { signal }), refetchInterval: (q) => (q.state.data?.items.some((x) => x.waiting > 0) ? 3_000 : 30_000) });
  const open = (x: ChannelDto, view: "all" | "dead") => void setUrl({ channel: x.id, messages: view });
  const test = async (x: ChannelDto) => {
    try {
      await fetchJson(`${path}/${x.id}/test`, { method: "POST" });
      await client.invalidateQueries({ queryKey: keys.alertChannels(project.slug) });
      open(x, "all");
    } catch (cause) {
      toast.error(cause instanceof Error ? cause.message : "The test was not sent. Try again.");
    }
  };
  const actionsOf = (x: ChannelDto) => (
    <span className="flex items-center justify-end gap-1">
      {mayWrite ? <Button size="sm" onClick={() => void test(x)} aria-label={`Send a test to ${x.name}`}>Send test</Button> : null}
      <RowMenu name={x.name} items={[{ label: "Messages", onSelect: () => open(x, "all") }, ...(mayWrite ? [{ label: "Delete channel", danger: true, onSelect: () => setDeleting(x) }] : [])]} />
    </span>
  );
  const columns = useMemo(() => c.columns([
    c.accessor("name", { header: "Channel", cell: ({ row: { original: x } }) => <What x={x} /> }),
    c.accessor("dead", { header: "Messages", cell: ({ row: { original: x } }) => <Messages x={x} onOpen={(view) => open(x, view)} /> }),
    c.display({ id: "actions", header: () => <span className="sr-only">Actions</span>, meta: { numeric: true }, cell: ({ row: { original: x } }) => actionsOf(x) }),
  ]), [mayWrite, path]);
  const add = (variant: "primary" | "secondary") => (mayWrite ? <Button variant={variant} onClick={() => setAdding(true)}>New channel</Button> : null);
  const items = channels.data?.items ?? [];
  return (
    <Panel flush title="Channels" description={`Where alerts of ${project.name} are told`} className="overflow-clip" actions={<><ProjectPicker choices={choices} current={project.slug} />{add("primary")}</>}>
      <StaleQuery query={channels} className="px-4 pb-3" />
      <div className="border-t border-line">
        {channels.isError && !channels.data ? <ErrorState title="The channels could not be read" reason={channels.error.message} onRetry={() => void channels.refetch()} retrying={channels.isFetching} /> : (
          <DataTable label={`Channels of ${project.name}`} columns={columns} data={items} loading={channels.isPending} skeletonRows={2} sortable={false} getRowId={(x) => x.id}
            card={(x) => <div className="grid gap-2"><What x={x} /><div className="flex items-center justify-between gap-3"><Messages x={x} onOpen={(view) => open(x, view)} />{actionsOf(x)}</div></div>}
            empty={<EmptyState headingLevel={3} icon={<BellRing aria-hidden />} title={`${project.name} tells nobody yet`} actions={add("secondary")}>A channel is a signed webhook, Slack or mail. Rules name the channels that they tell.</EmptyState>} />
        )}
      </div>
      <ChannelDialog project={project.slug} open={adding} onOpenChange={setAdding} mailWorks={mailWorks} />
      <DeliverySheet project={project.slug} channel={items.find((x) => x.id === openId) ?? null} view={messages} onView={(view) => void setUrl({ messages: view })} onClose={() => void setUrl({ channel: null, messages: null })} mayWrite={mayWrite} nowMs={nowMs} />
      <ConfirmDialog open={deleting !== null} onOpenChange={(o) => { if (!o) setDeleting(null); }} title={`Delete ${deleting?.name ?? ""}?`} confirmLabel="Delete channel"
        onConfirm={async () => { await fetchJson(`${path}/${deleting!.id}`, { method: "DELETE" }); await client.invalidateQueries({ queryKey: keys.alerts }); toast.success(`Channel ${deleting!.name} deleted`); }}>
        <p>Rules that name it tell it no more, and its messages are gone, those that wait too.</p>
      </ConfirmDialog>
    </Panel>
  );
}

function What({ x }: { x: ChannelDto }) {
  const { icon: Icon, title } = CHANNEL_WORDS[x.kind];
  return (
    <span className="flex min-w-0 gap-2.5">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-faint" />
      <span className="grid min-w-0"><span className="font-medium wrap-anywhere">{x.name}</span><span className="text-sm text-ink-muted wrap-anywhere">{title}, {x.shown}</span>{x.disabledWhy ? <Status state="warning" size="sm" className="whitespace-normal!">{x.disabledWhy}</Status> : null}</span>
    </span>
  );
}

function Messages({ x, onOpen }: { x: ChannelDto; onOpen: (view: "all" | "dead") => void }) {
  const look = "rounded-sm text-left underline-offset-3 hover:underline";
  if (x.dead > 0) return <button type="button" className={look} onClick={() => onOpen("dead")} aria-label={`${x.dead} given up by ${x.name}: look at them`}><Status state="failed" size="sm">{x.dead} given up</Status></button>;
  if (x.failing > 0) return <button type="button" className={look} onClick={() => onOpen("all")} aria-label={`${x.failing} not taken yet by ${x.name}: look at them`}><Status state="warning" size="sm">{x.failing} not taken yet</Status></button>;
  if (x.waiting > 0) return <Status state="progressing" size="sm">{x.waiting} on {x.waiting === 1 ? "its" : "their"} way</Status>;
  return <span className="text-sm text-ink-faint">none wait</span>;
}
