"use client";
import { useState } from "react";
import { CursorTable } from "@/components/list/cursor-table";
import { RowMenu } from "@/components/list/row-menu";
import { formatName } from "@/components/models/format-names";
import { useVersions } from "@/components/models/use-versions";
import { VersionDialogs, type VersionAction } from "@/components/models/version-dialogs";
import { VersionState } from "@/components/models/version-state";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { tableColumns } from "@/components/ui/table-columns";
import { deployHref, modelHref } from "@/lib/api-client/hrefs";
import { formatBytes } from "@/lib/format/bytes";
import { formatCountShort } from "@/lib/format/number";
import type { VersionDto } from "@/lib/models/schema";

type Props = { project: string; model: string; mayWrite: boolean; mayApprove: boolean; mayDeploy: boolean; nowMs: number };
const c = tableColumns<VersionDto>();

/** Every version, newest first. */
export function VersionList({ project, model, mayWrite, mayApprove, mayDeploy, nowMs }: Props) {
  const list = useVersions(project, model);
  const [action, setAction] = useState<VersionAction | null>(null);
  const [columns] = useState(() => c.columns([
    c.accessor("version", { header: "Version", cell: ({ getValue }) => <span className="figure">v{getValue()}</span> }),
    c.accessor("state", { header: "State", cell: ({ getValue }) => <VersionState state={getValue()} size="sm" plain /> }),
    c.accessor("format", { header: "Format", meta: { hideSmall: true }, cell: ({ getValue }) => formatName(getValue()) }),
    c.accessor("sizeBytes", { header: "Size", meta: { numeric: true }, cell: ({ getValue }) => <span className="figure">{formatBytes(getValue())}</span> }),
    c.accessor("parameters", { header: "Parameters", meta: { numeric: true, hideSmall: true }, cell: ({ getValue }) => <span className="figure">{formatCountShort(getValue())}</span> }),
    c.accessor("digest", { header: "Digest", meta: { hideSmall: true }, cell: ({ getValue }) => <span className="font-mono text-xs text-ink-muted" title={getValue()}>{getValue().replace(/^sha256:/, "").slice(0, 12)}</span> }),
    c.accessor("createdAt", { header: "Created", meta: { numeric: true, hideSmall: true }, cell: ({ row: { original: v } }) => <span className="text-ink-muted" title={`by ${v.createdBy}`}><RelativeTime time={v.createdAt} nowMs={nowMs} /></span> }),
    c.display({ id: "menu", header: () => <span className="sr-only">Actions</span>, meta: { numeric: true, width: "w-12" }, cell: ({ row: { original: v } }) => (
      <RowMenu name={`version ${v.version}`} items={[
        ...(mayDeploy ? [{ label: `Deploy version ${v.version}`, href: deployHref(project, model, { version: v.version }) }] : []),
        { label: "Fit on every profile", href: `/app/profiles?${new URLSearchParams({ project, model, version: String(v.version) })}` },
        ...(mayApprove && v.state === "quarantined" ? [{ label: "Approve", onSelect: () => setAction({ kind: "approve", version: v.version }) }] : []),
        ...(mayWrite ? [{ label: "Delete version", danger: true, onSelect: () => setAction({ kind: "delete", version: v.version }) }] : []),
      ]} />
    ) }),
  ]));
  return (
    <div className="panel overflow-hidden">
      <CursorTable label={`Versions of ${model}`} what="the versions" list={list} columns={columns} sortable={false} getRowId={(v) => String(v.version)} rowHref={(v) => `${modelHref(project, model)}/inspection?version=${v.version}`}
        empty={<EmptyState title="No version yet">{mayWrite ? "Drop the model's file or folder on this window: it becomes version 1." : "A deployer of this project can upload one."}</EmptyState>} />
      <VersionDialogs project={project} model={model} action={action} onClose={() => setAction(null)} />
    </div>
  );
}
