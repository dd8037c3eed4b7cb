"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { parseAsBoolean, useQueryState } from "nuqs";
import { useMemo, useState } from "react";
import { CursorTable } from "@/components/list/cursor-table";
import { RowMenu } from "@/components/list/row-menu";
import { useCursorList } from "@/components/list/use-cursor-list";
import { NoProjects } from "@/components/projects/no-projects";
import { useChosenProject } from "@/components/shell/chosen-project";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Meter } from "@/components/ui/meter";
import { PageHeader } from "@/components/ui/page-header";
import { tableColumns } from "@/components/ui/table-columns";
import { toast } from "@/components/ui/toast";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { keys } from "@/lib/api-client/query-keys";
import { formatBytes } from "@/lib/format/bytes";
import type { ProjectDto } from "@/lib/projects/schema";
import { ProjectDialog } from "./project-dialog";

const c = tableColumns<ProjectDto>();

/** The projects one can see, with what their files take; made, changed and deleted here by those who may. */
export function ProjectList({ mayManage }: { mayManage: boolean }) {
  const client = useQueryClient();
  const router = useRouter();
  const { current, choose } = useChosenProject();
  const [creating, setCreating] = useQueryState("new", parseAsBoolean.withDefault(false));
  const [editing, setEditing] = useState<ProjectDto | null>(null);
  const [deleting, setDeleting] = useState<ProjectDto | null>(null);
  const list = useCursorList<ProjectDto>(keys.projects, "/api/v1/projects");
  const refresh = async () => {
    await client.invalidateQueries({ queryKey: keys.projects });
    router.refresh();
  };
  const { columns, menu } = useMemo(() => {
    const items = (p: ProjectDto) => [
      { label: "Members", href: `/app/settings/members?project=${p.slug}` }, { label: "Environments", href: `/app/settings/environments?project=${p.slug}` }, { label: "Secrets", href: `/app/settings/secrets?project=${p.slug}` },
      ...(mayManage ? [{ label: "Name and quota", onSelect: () => setEditing(p) }, { label: "Delete project", danger: true, onSelect: () => setDeleting(p) }] : []),
    ];
    return { menu: items, columns: c.columns([
      c.accessor("displayName", { header: "Project", cell: ({ row: { original: p } }) => <Name p={p} /> }),
      c.accessor("role", { header: "Your role", cell: ({ getValue }) => <Badge>{getValue()}</Badge> }),
      c.accessor("usedBytes", { header: "Model files", cell: ({ row: { original: p } }) => <Quota p={p} /> }),
      c.display({ id: "actions", header: () => <span className="sr-only">Actions</span>, meta: { numeric: true }, cell: ({ row: { original: p } }) => <RowMenu name={p.displayName} items={items(p)} /> }),
    ]) };
  }, [mayManage]);
  const remove = async () => {
    await fetchJson(`/api/v1/projects/${deleting!.slug}`, { method: "DELETE" });
    if (current === deleting!.slug) choose(null);
    await refresh();
    toast.success(`Project ${deleting!.displayName} deleted`);
  };
  return (
    <>
      <PageHeader title="Projects" meta="Each holds its models, deployments, secrets and people." actions={mayManage ? <Button variant="primary" onClick={() => void setCreating(true)}>New project</Button> : null} />
      <div className="panel overflow-clip">
        <CursorTable list={list} what="the projects" label="Projects" columns={columns} getRowId={(p) => p.slug}
          card={(p) => <div className="grid gap-3"><div className="flex items-start gap-3"><div className="min-w-0 flex-1"><Name p={p} /></div><Badge>{p.role}</Badge><RowMenu name={p.displayName} items={menu(p)} /></div><Quota p={p} /></div>}
          empty={<NoProjects mayCreate={mayManage} />} />
      </div>
      {mayManage ? <ProjectDialog creating={creating} editing={editing} onClose={() => { void setCreating(null); setEditing(null); }} onSaved={(created) => void refresh().then(() => { if (created) router.push(`/app/${created}/models`); })} /> : null}
      <ConfirmDialog open={deleting !== null} onOpenChange={(open) => { if (!open) setDeleting(null); }} title={`Delete ${deleting?.displayName ?? ""}?`} confirmLabel="Delete project" typeToConfirm={deleting?.slug} onConfirm={remove}>
        <p>Its models and their files, its secrets and environments are gone for good. It can only be deleted once it has no deployments.</p>
      </ConfirmDialog>
    </>
  );
}

function Name({ p }: { p: ProjectDto }) {
  return <span className="grid min-w-0"><span className="font-medium wrap-anywhere">{p.displayName}</span><span className="font-mono text-xs text-ink-faint wrap-anywhere">{p.slug}</span></span>;
}

function Quota({ p }: { p: ProjectDto }) {
  const part = p.usedBytes / p.quotaBytes;
  return <Meter label={`Files of ${p.displayName}`} hideLabel={false} value={part} valueText={`${formatBytes(p.usedBytes)} of ${formatBytes(p.quotaBytes)}`} tone={part > 0.95 ? "failed" : part > 0.8 ? "warning" : "neutral"} className="min-w-44 [&>div:first-child>span:first-child]:sr-only" />;
}
