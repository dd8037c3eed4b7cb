"use client";
import { Box, Plus, Search, Upload } from "lucide-react";
import { parseAsString, useQueryState } from "nuqs";
import { useState } from "react";
import { CursorTable } from "@/components/list/cursor-table";
import { useCursorList } from "@/components/list/use-cursor-list";
import { CreateModelDialog } from "@/components/models/create-model-dialog";
import { formatName } from "@/components/models/format-names";
import { ModelsEmpty } from "@/components/models/models-empty";
import { VersionState } from "@/components/models/version-state";
import { useUploads } from "@/components/upload/upload-provider";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Input } from "@/components/ui/input";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { tableColumns } from "@/components/ui/table-columns";
import { modelHref } from "@/lib/api-client/hrefs";
import { keys } from "@/lib/api-client/query-keys";
import { formatBytes } from "@/lib/format/bytes";
import type { ModelDto } from "@/lib/models/schema";

type Props = { project: { slug: string; name: string }; mayWrite: boolean; nowMs: number };

const c = tableColumns<ModelDto>();
const columnsAt = (nowMs: number) => c.columns([
  c.accessor("displayName", { header: "Model", cell: ({ row: { original: m } }) => <span>{m.displayName}{m.displayName === m.slug ? null : <span className="ml-2 font-mono text-xs font-normal text-ink-faint">{m.slug}</span>}</span> }),
  c.accessor("latestVersion", { header: "Newest", meta: { numeric: true }, cell: ({ getValue }) => { const v = getValue(); return v === null ? <span className="text-ink-faint">no version</span> : <span className="figure">v{v}</span>; } }),
  c.accessor("state", { header: "State", meta: { hideSmall: true }, cell: ({ getValue }) => { const s = getValue(); return s ? <VersionState state={s} size="sm" plain /> : <span className="text-ink-faint">–</span>; } }),
  c.accessor("format", { header: "Format", meta: { hideSmall: true }, cell: ({ getValue }) => { const f = getValue(); return f ? formatName(f) : <span className="text-ink-faint">–</span>; } }),
  c.accessor("sizeBytes", { header: "Size", meta: { numeric: true, hideSmall: true }, cell: ({ getValue }) => { const b = getValue(); return b === null ? <span className="text-ink-faint">–</span> : <span className="figure">{formatBytes(b)}</span>; } }),
  c.accessor("deployments", { header: "Deployments", meta: { numeric: true, hideSmall: true }, cell: ({ getValue }) => <span className="figure">{getValue()}</span> }),
  c.accessor("updatedAt", { header: "Changed", meta: { numeric: true, hideSmall: true }, cell: ({ getValue }) => <span className="text-ink-muted"><RelativeTime time={getValue()} nowMs={nowMs} /></span> }),
]);

/** The models of a project: found by name, a page at a time; the search is part of the address. */
export function ModelList({ project, mayWrite, nowMs }: Props) {
  const [search, setSearch] = useQueryState("search", parseAsString.withDefault("").withOptions({ throttleMs: 250, clearOnDefault: true }));
  const [creating, setCreating] = useState(false);
  const [columns] = useState(() => columnsAt(nowMs));
  const uploads = useUploads();
  const list = useCursorList<ModelDto>(keys.models(project.slug), `/api/v1/projects/${project.slug}/models`, { search: search || undefined });
  const nothingAtAll = !list.loading && !list.error && !search && list.items.length === 0 && !list.hasPrevious;
  const upload = () => uploads.ask({ project: project.slug });

  return (
    <>
      <PageHeader title="Models" meta={<span>Files that can be deployed, and their versions, in {project.name}</span>} actions={mayWrite ? (
        <>
          <Button onClick={() => setCreating(true)}><Plus aria-hidden />New model</Button>
          {nothingAtAll ? null : <Button variant="primary" onClick={upload}><Upload aria-hidden />Upload model</Button>}
        </>
      ) : null} />
      <div className="panel overflow-hidden">
        {nothingAtAll ? null : (
          <div className="border-b border-line p-2.5">
            <Input type="search" aria-label="Find a model by name" placeholder="Find a model" before={<Search />} className="sm:w-72" value={search} maxLength={80} onChange={(e) => void setSearch(e.target.value)} />
          </div>
        )}
        <CursorTable label={`Models of ${project.name}`} what="the models" list={list} columns={columns} sortable={false} getRowId={(m) => m.slug} rowHref={(m) => modelHref(project.slug, m.slug)}
          empty={search
            ? <EmptyState icon={<Box aria-hidden />} title={`No model's name has “${search}”`} actions={<Button onClick={() => void setSearch("")}>Show all models</Button>}>Names and slugs are searched, in this project only.</EmptyState>
            : <ModelsEmpty project={project.slug} mayWrite={mayWrite} onUpload={upload} />} />
      </div>
      <CreateModelDialog open={creating} onOpenChange={setCreating} project={project.slug} />
    </>
  );
}
