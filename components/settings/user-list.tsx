"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { asProblem } from "@/components/form/as-problem";
import { CursorTable } from "@/components/list/cursor-table";
import { RowMenu } from "@/components/list/row-menu";
import { useCursorList } from "@/components/list/use-cursor-list";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { Panel } from "@/components/ui/panel";
import { RelativeTime } from "@/components/ui/relative-time";
import { Status } from "@/components/ui/status";
import { tableColumns } from "@/components/ui/table-columns";
import { toast } from "@/components/ui/toast";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { UserDto } from "@/lib/users/schema";
import { InvitationList } from "./invitation-list";
import { InviteDialog } from "./invite-dialog";
import { OneTimeLinkDialog, type SentLink } from "./one-time-link";
import { UserChangeDialog, type UserChange } from "./user-change-dialog";

const c = tableColumns<UserDto>();
type Props = { mayManage: boolean; me: string; projects: { slug: string; name: string }[]; nowMs: number };

/** Everyone with an account, and the invitations that wait. */
export function UserList({ mayManage, me, projects, nowMs }: Props) {
  const client = useQueryClient();
  const [inviting, setInviting] = useState(false);
  const [link, setLink] = useState<SentLink | null>(null);
  const [change, setChange] = useState<UserChange | null>(null);
  const list = useCursorList<UserDto>(keys.users, "/api/v1/users");
  const { columns, menu } = useMemo(() => {
    const reset = async (u: UserDto) => {
      try {
        setLink({ ...(await fetchJson<Omit<SentLink, "to" | "purpose">>(`/api/v1/users/${encodeURIComponent(u.id)}/reset-link`, { method: "POST" })), to: u.email, purpose: "reset" });
      } catch (cause) { toast.error("No reset link was made", { description: asProblem(cause).detail }); }
    };
    const items = (u: UserDto) => [
      { label: "Change role", onSelect: () => setChange({ user: u, kind: "role" }) },
      { label: "Make a reset link", onSelect: () => void reset(u) },
      u.disabled ? { label: "Enable account", onSelect: () => setChange({ user: u, kind: "enable" }) } : { label: "Disable account", danger: true, onSelect: () => setChange({ user: u, kind: "disable" }) },
    ];
    return { menu: items, columns: c.columns([
      c.accessor("email", { header: "Person", cell: ({ row: { original: u } }) => <Person u={u} me={me} /> }),
      c.accessor((u) => u.instanceRole ?? "", { id: "role", header: "Role", cell: ({ row: { original: u } }) => <Roles u={u} /> }),
      c.accessor((u) => u.lastSeenAt ?? "", { id: "seen", header: "Last seen", cell: ({ row: { original: u } }) => (u.lastSeenAt ? <RelativeTime time={u.lastSeenAt} nowMs={nowMs} /> : <span className="text-ink-faint">not signed in</span>) }),
      ...(mayManage ? [c.display({ id: "actions", header: () => <span className="sr-only">Actions</span>, meta: { numeric: true }, cell: ({ row: { original: u } }) => <RowMenu name={u.name} items={items(u)} /> })] : []),
    ]) };
  }, [mayManage, me, nowMs]);
  return (
    <>
      <PageHeader title="People" meta={mayManage ? "Everyone with an account here." : "Everyone with an account here. Owners change roles."} actions={mayManage || projects.length > 0 ? <Button variant="primary" onClick={() => setInviting(true)}>Invite somebody</Button> : null} />
      <div className="panel overflow-clip">
        <CursorTable list={list} what="the people" label="People" columns={columns} getRowId={(u) => u.id} empty={null}
          card={(u) => <div className="flex items-start gap-3"><div className="grid min-w-0 flex-1 gap-1.5"><Person u={u} me={me} /><Roles u={u} /></div>{mayManage ? <RowMenu name={u.name} items={menu(u)} /> : null}</div>} />
      </div>
      <Panel title="Open invitations" description="One-time links that nobody has used yet." flush><InvitationList nowMs={nowMs} /></Panel>
      <InviteDialog open={inviting} onOpenChange={setInviting} mayGiveInstanceRoles={mayManage} projects={projects} onInvited={(made) => { setLink(made); void client.invalidateQueries({ queryKey: keys.invitations }); }} />
      <OneTimeLinkDialog link={link} onClose={() => setLink(null)} />
      <UserChangeDialog change={change} me={me} onClose={() => setChange(null)} />
    </>
  );
}

function Person({ u, me }: { u: UserDto; me: string }) {
  return (
    <span className="grid min-w-0">
      <span className="flex flex-wrap items-center gap-x-2 font-medium">{u.name}{u.id === me ? <Badge tone="outline">you</Badge> : null}{u.disabled ? <Status state="stopped" size="sm">Disabled</Status> : null}</span>
      <span className="text-sm text-ink-muted wrap-anywhere">{u.email}</span>
    </span>
  );
}

function Roles({ u }: { u: UserDto }) {
  if (u.instanceRole) return <span><Badge tone={u.instanceRole === "owner" ? "accent" : "neutral"}>{u.instanceRole}</Badge></span>;
  if (u.projects.length === 0) return <span className="text-ink-faint">no project</span>;
  const shown = u.projects.slice(0, 2);
  return <span className="inline-flex flex-wrap gap-1">{shown.map((p) => <Badge key={p.project} tone="outline">{p.role} · {p.project}</Badge>)}{u.projects.length > 2 ? <span className="text-sm text-ink-muted" title={u.projects.slice(2).map((p) => `${p.role} in ${p.project}`).join(", ")}>and {u.projects.length - 2} more</span> : null}</span>;
}
