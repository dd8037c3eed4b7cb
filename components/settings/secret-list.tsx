"use client";
import { useQueryClient } from "@tanstack/react-query";
import { LockKeyhole } from "lucide-react";
import { useMemo, useState } from "react";
import { CursorTable } from "@/components/list/cursor-table";
import { RowMenu } from "@/components/list/row-menu";
import { useCursorList } from "@/components/list/use-cursor-list";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { tableColumns } from "@/components/ui/table-columns";
import { toast } from "@/components/ui/toast";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import type { SecretDto } from "@/lib/secrets/schema";
import { ProjectPicker } from "./project-picker";
import { SecretDialog } from "./secret-dialog";

const c = tableColumns<SecretDto>();
type Props = { project: { slug: string; name: string }; choices: { slug: string; name: string }[]; mayManage: boolean; nowMs: number };

/** The names of a project's secrets. A value goes in and never comes out. */
export function SecretList({ project, choices, mayManage, nowMs }: Props) {
  const client = useQueryClient();
  const [editing, setEditing] = useState<{ name: string | null } | null>(null);
  const [deleting, setDeleting] = useState<SecretDto | null>(null);
  const path = `/api/v1/projects/${project.slug}/secrets`;
  const list = useCursorList<SecretDto>(keys.secrets(project.slug), path);
  const refresh = () => client.invalidateQueries({ queryKey: keys.secrets(project.slug) });
  const columns = useMemo(() => c.columns([
    c.accessor("name", { header: "Name", cell: ({ getValue }) => <code className="font-medium">{getValue()}</code> }),
    c.accessor("updatedAt", { header: "Changed", cell: ({ getValue }) => <RelativeTime time={getValue()} nowMs={nowMs} /> }),
    c.accessor("createdAt", { header: "Created", meta: { hideSmall: true }, cell: ({ getValue }) => <RelativeTime time={getValue()} nowMs={nowMs} /> }),
    ...(mayManage ? [c.display({ id: "actions", header: () => <span className="sr-only">Actions</span>, meta: { numeric: true }, cell: ({ row: { original: s } }) => <RowMenu name={s.name} items={[{ label: "Replace value", onSelect: () => setEditing({ name: s.name }) }, { label: "Delete secret", danger: true, onSelect: () => setDeleting(s) }]} /> })] : []),
  ]), [mayManage, nowMs]);
  const add = (variant: "primary" | "secondary") => (mayManage ? <Button variant={variant} onClick={() => setEditing({ name: null })}>New secret</Button> : null);
  return (
    <>
      <PageHeader title="Secrets" meta="Handed to deployments as environment variables. Values are encrypted, and shown to nobody." actions={<><ProjectPicker choices={choices} current={project.slug} />{add("primary")}</>} />
      <div className="panel overflow-clip">
        <CursorTable list={list} what="the secrets" label={`Secrets of ${project.name}`} columns={columns} getRowId={(s) => s.name}
          empty={<EmptyState icon={<LockKeyhole aria-hidden />} title={`${project.name} has no secrets`} actions={add("secondary")}>A token for a model registry, a key for an API that your model calls: store it here and name it in a deployment.</EmptyState>} />
      </div>
      <SecretDialog editing={editing} onClose={() => setEditing(null)} path={path} onSaved={() => void refresh()} />
      <ConfirmDialog open={deleting !== null} onOpenChange={(open) => { if (!open) setDeleting(null); }} title={`Delete ${deleting?.name ?? ""}?`} confirmLabel="Delete secret" typeToConfirm={deleting?.name}
        onConfirm={async () => { await fetchJson(`${path}/${encodeURIComponent(deleting!.name)}`, { method: "DELETE" }); await refresh(); toast.success(`Secret ${deleting!.name} deleted`); }}>
        <p>Its value is gone for good. A deployment that names it cannot start new replicas until it is set again.</p>
      </ConfirmDialog>
    </>
  );
}
