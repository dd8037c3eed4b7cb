"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { z } from "zod";
import { CursorTable } from "@/components/list/cursor-table";
import { useCursorList } from "@/components/list/use-cursor-list";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { RelativeTime } from "@/components/ui/relative-time";
import { tableColumns } from "@/components/ui/table-columns";
import { toast } from "@/components/ui/toast";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { invitationSchema } from "@/lib/users/schema";

type Invitation = z.infer<typeof invitationSchema>;
const c = tableColumns<Invitation>();
const grant = (i: Invitation) => i.instanceRole ?? (i.project ? `${i.role} · ${i.project}` : "project deleted");

/** Invitations that wait, and their withdrawal. */
export function InvitationList({ nowMs }: { nowMs: number }) {
  const client = useQueryClient();
  const [withdrawing, setWithdrawing] = useState<Invitation | null>(null);
  const list = useCursorList<Invitation>(keys.invitations, "/api/v1/invitations");
  const columns = useMemo(() => c.columns([
    c.accessor("email", { header: "For", cell: ({ getValue }) => <span className="font-medium wrap-anywhere">{getValue()}</span> }),
    c.accessor(grant, { id: "grant", header: "Role", cell: ({ getValue }) => <Badge tone="outline">{getValue()}</Badge> }),
    c.accessor("expiresAt", { header: "Ends", meta: { hideSmall: true }, cell: ({ getValue }) => <RelativeTime time={getValue()} nowMs={nowMs} /> }),
    c.display({ id: "actions", header: () => <span className="sr-only">Actions</span>, meta: { numeric: true }, cell: ({ row: { original: i } }) => <Button size="sm" variant="ghost" onClick={() => setWithdrawing(i)} aria-label={`Withdraw the invitation for ${i.email}`}>Withdraw</Button> }),
  ]), [nowMs]);
  return (
    <div className="border-t border-line">
      <CursorTable list={list} what="the invitations" label="Open invitations" columns={columns} getRowId={(i) => i.id}
        card={(i) => <div className="flex items-start gap-3"><div className="grid min-w-0 flex-1 gap-1.5"><span className="font-medium wrap-anywhere">{i.email}</span><span className="flex flex-wrap items-center gap-2 text-sm text-ink-muted"><Badge tone="outline">{grant(i)}</Badge>ends <RelativeTime time={i.expiresAt} nowMs={nowMs} /></span></div><Button size="sm" onClick={() => setWithdrawing(i)} aria-label={`Withdraw the invitation for ${i.email}`}>Withdraw</Button></div>}
        empty={<p className="px-4 py-6 text-ink-muted">No invitation is waiting.</p>} />
      <ConfirmDialog open={withdrawing !== null} onOpenChange={(open) => { if (!open) setWithdrawing(null); }} title="Withdraw this invitation?" confirmLabel="Withdraw invitation"
        onConfirm={async () => { await fetchJson(`/api/v1/invitations/${withdrawing!.id}`, { method: "DELETE" }); await client.invalidateQueries({ queryKey: keys.invitations }); toast.success("Invitation withdrawn"); }}>
        <p>The link for {withdrawing?.email} stops working. You can make a new one.</p>
      </ConfirmDialog>
    </div>
  );
}
