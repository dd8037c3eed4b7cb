"use client";
import { Download } from "lucide-react";
import { CursorTable } from "@/components/list/cursor-table";
import { useCursorList } from "@/components/list/use-cursor-list";
import { buttonClass } from "@/components/ui/button";
import { Panel } from "@/components/ui/panel";
import { tableColumns } from "@/components/ui/table-columns";
import { keys } from "@/lib/api-client/query-keys";
import type { LeadListDto } from "@/lib/leads/import/schema";

type Refused = { line: number; reason: string; cells: string[] };
const c = tableColumns<Refused>();
const columns = c.columns([
  c.accessor("line", { header: "Line", enableSorting: false, meta: { numeric: true, width: "w-20" }, cell: ({ getValue }) => <span className="figure">{getValue()}</span> }),
  c.accessor("reason", { header: "Why", enableSorting: false }),
  c.accessor((r) => r.cells.filter(Boolean).join(" · "), { id: "cells", header: "Row", enableSorting: false, meta: { hideSmall: true }, cell: ({ getValue }) => <span className="block max-w-96 truncate text-ink-muted" title={getValue()}>{getValue()}</span> }),
]);

/** Rows that were not taken over, each with its reason. */
export function RefusedRows({ list, path }: { list: LeadListDto; path: string }) {
  const rows = useCursorList<Refused>([...keys.leadImports, "one", list.id, "refused", list.state], `${path}/refused`);
  return (
    <Panel title="Refused rows" description="Kept for 30 days. Mend them in the file, and bring that as a list of its own." flush actions={<a className={buttonClass({ size: "sm" })} href={`${path}/refused?format=csv`} download><Download aria-hidden />CSV</a>}>
      <div className="border-t border-line"><CursorTable list={rows} what="the refused rows" label="Refused rows" columns={columns} getRowId={(r) => String(r.line)} sortable={false} empty={<p className="p-4 text-ink-muted">They are deleted by now.</p>} /></div>
    </Panel>
  );
}
