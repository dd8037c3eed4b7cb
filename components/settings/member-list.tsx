"use client";
import { useQueryClient } from "@tanstack/react-query";
import { UsersRound } from "lucide-react";
import { useMemo, useState } from "react";
import { asProblem } from "@/components/form/as-problem";
import { CursorTable } from "@/components/list/cursor-table";
import { RowMenu } from "@/components/list/row-menu";
import { useCursorList } from "@/components/list/use-cursor-list";
import { ROLE_WORDS } from "@/components/auth/role-words";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { tableColumns } from "@/components/ui/table-columns";
import { toast } from "@/components/ui/toast";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { MemberDto } from "@/lib/members/schema";
import { AddMemberDialog } from "./add-member-dialog";
import { OneTimeLinkDialog, type SentLink } from "./one-time-link";
import { ProjectPicker } from "./project-picker";

const c = tableColumns<MemberDto>();
type Props = { project: { slug: string; name: string }; choices: { slug: string; name: string }[]; mayManage: boolean; nowMs: number };

/** Who works on a project, and as what. */
export function MemberList({ project, choices, mayManage, nowMs }: Props) {
  const client = useQueryClient();
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<MemberDto | null>(null);
  const [link, setLink] = useState<SentLink | null>(null);
  const path = `/api/v1/projects/${project.slug}/members`;
  const list = useCursorList<MemberDto>(keys.members(project.slug), path);
  const refresh = () => client.invalidateQueries({ queryKey: keys.members(project.slug) });

  const columns = useMemo(() => {
    const menu = (m: MemberDto) => memberMenu(m, {
      change: async (role) => {
        try {
          await fetchJson(`${path}/${encodeURIComponent(m.user)}`, { method: "PUT", body: { role } });
          await client.invalidateQueries({ queryKey: keys.members(project.slug) });
          toast.success(`${m.name} is now a ${role}`);
        } catch (cause) { toast.error(`${m.name} is still a ${m.role}`, { description: asProblem(cause).detail }); }
      },
      remove: () => setRemoving(m),
    });
    return { menu, all: c.columns([
      c.accessor("name", { header: "Person", cell: ({ row: { original: m } }) => <Person m={m} /> }),
      c.accessor("role", { header: "Role", cell: ({ row: { original: m } }) => <span title={ROLE_WORDS[m.role]}><Badge>{m.role}</Badge></span> }),
      c.accessor("since", { header: "Since", cell: ({ row: { original: m } }) => <RelativeTime time={m.since} nowMs={nowMs} /> }),
      ...(mayManage ? [c.display({ id: "actions", header: () => <span className="sr-only">Actions</span>, meta: { numeric: true }, cell: ({ row: { original: m } }) => <RowMenu name={m.name} items={menu(m)} /> })] : []),
    ]) };
  }, [client, mayManage, nowMs, path, project.slug]);

  const add = (variant: "primary" | "secondary") => (mayManage ? <Button variant={variant} onClick={() => setAdding(true)}>Add member</Button> : null);
  return (
    <>
      <PageHeader title="Members" meta="Owners and platform people have their rights in every project without being listed here." actions={<><ProjectPicker choices={choices} current={project.slug} />{add("primary")}</>} />
      <div className="panel overflow-clip">
        <CursorTable key={project.slug} list={list} what="the members" label={`Members of ${project.name}`} columns={columns.all} getRowId={(m) => m.user}
          card={(m) => <div className="flex items-start gap-3"><div className="grid min-w-0 flex-1 gap-1.5"><Person m={m} /><span><Badge>{m.role}</Badge></span></div>{mayManage ? <RowMenu name={m.name} items={columns.menu(m)} /> : null}</div>}
          empty={<EmptyState icon={<UsersRound aria-hidden />} title={`Nobody is a member of ${project.name} yet`} actions={add("secondary")}>Deployers bring models and deploy them; viewers look and call them.</EmptyState>} />
      </div>
      {mayManage ? <AddMemberDialog open={adding} onOpenChange={setAdding} project={project} onAdded={() => void refresh()} onInvited={setLink} /> : null}
      <OneTimeLinkDialog link={link} onClose={() => setLink(null)} />
      <ConfirmDialog open={removing !== null} onOpenChange={(open) => { if (!open) setRemoving(null); }} title={`Remove ${removing?.name ?? ""} from ${project.name}?`} confirmLabel="Remove member"
        onConfirm={async () => { await fetchJson(`${path}/${encodeURIComponent(removing!.user)}`, { method: "DELETE" }); await refresh(); toast.success(`${removing!.name} is no longer a member`); }}>
        <p>Their rights in this project end at once, those of their tokens too. What they deployed keeps running.</p>
      </ConfirmDialog>
    </>
  );
}

function Person({ m }: { m: MemberDto }) {
  return <span className="grid min-w-0"><span className="font-medium">{m.name}</span><span className="text-sm text-ink-muted wrap-anywhere">{m.email}</span></span>;
}

function memberMenu(m: MemberDto, on: { change: (role: MemberDto["role"]) => Promise<void>; remove: () => void }) {
  const other = m.role === "deployer" ? "viewer" : "deployer";
  return [{ label: `Make a ${other}`, onSelect: () => void on.change(other) }, { label: "Remove from project", danger: true, onSelect: on.remove }];
}
