"use client";
import { FileSpreadsheet, Upload } from "lucide-react";
import { useRouter } from "next/navigation";
import { useMemo, useRef, useState } from "react";
import { CursorTable } from "@/components/list/cursor-table";
import { useCursorList } from "@/components/list/use-cursor-list";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { Status } from "@/components/ui/status";
import { tableColumns } from "@/components/ui/table-columns";
import { readProblem } from "@/lib/api-client/api-problem";
import { leadListHref } from "@/lib/api-client/hrefs";
import { keys } from "@/lib/api-client/query-keys";
import { formatBytes } from "@/lib/format/bytes";
import { type LeadListDto, MOST_BYTES } from "@/lib/leads/import/schema";
import { listLooks } from "./list-words";

const c = tableColumns<LeadListDto>();

/** Lists of companies and people, and the way to bring one. */
export function LeadLists({ nowMs }: { nowMs: number }) {
  const router = useRouter();
  const picker = useRef<HTMLInputElement>(null);
  const [sending, setSending] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const list = useCursorList<LeadListDto>(keys.leadImports, "/api/v1/lead-lists");
  const send = async (file: File | undefined) => {
    if (!file) return;
    setFault(null);
    if (file.size > MOST_BYTES) return setFault(`${file.name} has ${formatBytes(file.size)}; a list may have ${formatBytes(MOST_BYTES)}. Split it.`);
    setSending(true);
    try {
      const answer = await fetch(`/api/v1/lead-lists?filename=${encodeURIComponent(file.name)}`, { method: "POST", body: file, headers: { "content-type": "text/csv" } });
      if (!answer.ok) throw await readProblem(answer);
      router.push(leadListHref(((await answer.json()) as LeadListDto).id));
    } catch (cause) {
      setFault(cause instanceof Error ? cause.message : "The file was not sent. Try again.");
      setSending(false);
    }
  };
  const columns = useMemo(() => c.columns([
    c.accessor("filename", { header: "List", enableSorting: false, cell: ({ row: { original: l } }) => <span className="grid min-w-0"><span className="wrap-anywhere">{l.filename}</span>{l.origin ? <span className="text-sm font-normal text-ink-muted wrap-anywhere">{l.origin}</span> : null}</span> }),
    c.accessor("state", { header: "State", enableSorting: false, cell: ({ getValue }) => <Status state={listLooks[getValue()].state} size="sm">{listLooks[getValue()].word}</Status> }),
    c.accessor("rows", { header: "Rows", enableSorting: false, meta: { numeric: true }, cell: ({ row: { original: l } }) => <span className="figure">{l.rows?.toLocaleString("en") ?? "not counted"}</span> }),
    c.accessor((l) => l.counts.created, { id: "created", header: "New companies", enableSorting: false, meta: { numeric: true, hideSmall: true }, cell: ({ row: { original: l } }) => <span className="figure">{l.state === "done" ? l.counts.created.toLocaleString("en") : "–"}</span> }),
    c.accessor("createdAt", { header: "Brought", enableSorting: false, meta: { hideSmall: true }, cell: ({ row: { original: l } }) => <span className="whitespace-nowrap text-ink-muted"><RelativeTime time={l.createdAt} nowMs={nowMs} /> by {l.createdBy}</span> }),
  ]), [nowMs]);
  const choose = <Button variant="primary" loading={sending} onClick={() => picker.current?.click()}><Upload aria-hidden />Choose a CSV file</Button>;
  return (
    <>
      <PageHeader title="Lists" meta="Companies and people from Crunchbase, Sales Navigator or any CSV file. Nothing is taken over before you have seen what it would do." actions={choose} />
      <input ref={picker} type="file" accept=".csv,.tsv,.txt,text/csv" className="sr-only" tabIndex={-1} aria-label="CSV file" onChange={(e) => { void send(e.target.files?.[0]); e.target.value = ""; }} />
      {fault ? <Notice state="failed" title={fault} /> : null}
      <div className="panel overflow-clip">
        <CursorTable list={list} what="the lists" label="Lists" columns={columns} getRowId={(l) => l.id} rowHref={(l) => leadListHref(l.id)}
          card={(l) => <span className="grid gap-1"><span className="flex items-start justify-between gap-3"><span className="min-w-0 font-medium text-ink wrap-anywhere">{l.filename}</span><Status state={listLooks[l.state].state} size="sm">{listLooks[l.state].word}</Status></span><span className="text-sm text-ink-muted">{l.rows === null ? "rows not counted" : `${l.rows.toLocaleString("en")} rows`}, <RelativeTime time={l.createdAt} nowMs={nowMs} /></span></span>}
          empty={<EmptyState icon={<FileSpreadsheet aria-hidden />} title="No list yet" actions={choose}>A CSV file with a heading: an export of Crunchbase, a Sales Navigator list from a CRM tool, or your own.</EmptyState>} />
      </div>
    </>
  );
}
