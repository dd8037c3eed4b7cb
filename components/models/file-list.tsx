"use client";
import { CopyButton } from "@/components/ui/copy-button";
import { DataTable } from "@/components/ui/data-table";
import { tableColumns } from "@/components/ui/table-columns";
import { formatBytes } from "@/lib/format/bytes";
import type { VersionDto } from "@/lib/models/schema";

type ModelFile = VersionDto["files"][number];
const c = tableColumns<ModelFile>();
const columns = c.columns([
  c.accessor("path", { header: "Path", cell: ({ getValue }) => <span className="font-mono text-sm wrap-anywhere">{getValue()}</span> }),
  c.accessor("sizeBytes", { header: "Size", meta: { numeric: true }, cell: ({ getValue }) => <span className="figure whitespace-nowrap">{formatBytes(getValue())}</span> }),
  c.accessor("sha256", { header: "SHA-256", enableSorting: false, meta: { hideSmall: true }, cell: ({ getValue }) => <span className="font-mono text-xs text-ink-muted" title={getValue()}>{getValue().slice(0, 16)}…</span> }),
  c.display({ id: "copy", header: () => <span className="sr-only">Copy</span>, meta: { numeric: true, width: "w-12" }, cell: ({ row: { original: f } }) => <CopyButton text={f.sha256} label={`Copy the SHA-256 of ${f.path}`} /> }),
]);

/** The files of a version with their hashes. */
export function FileList({ files }: { files: ModelFile[] }) {
  return <DataTable label="Files of this version" columns={columns} data={files} getRowId={(f) => f.path} />;
}
