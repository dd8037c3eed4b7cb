"use client";
import { Contact } from "lucide-react";
import { useMemo, type ReactNode } from "react";
import { CursorTable } from "@/components/list/cursor-table";
import { useUrlCursorList } from "@/components/list/use-url-cursor-list";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { tableColumns } from "@/components/ui/table-columns";
import { leadHref } from "@/lib/api-client/hrefs";
import { keys } from "@/lib/api-client/query-keys";
import type { LeadDto } from "@/lib/leads/schema";
import { NextStep } from "./next-step";
import { sourceWords, stageLabel } from "./stage-words";
import type { LeadFilterState } from "./use-lead-filters";

const c = tableColumns<LeadDto>();
type Sort = LeadFilterState["sort"];

/** Leads, page by page, in an order that the server makes. */
export function LeadTable({ state, nowMs, emptyActions }: { state: LeadFilterState; nowMs: number; emptyActions: ReactNode }) {
  const list = useUrlCursorList<LeadDto>(keys.leads, "/api/v1/leads", { ...state.filters, sort: state.sort });
  const columns = useMemo(() => c.columns([
    c.accessor("name", { id: "name", header: "Company", sortDescFirst: false, cell: ({ row: { original: l } }) => <Name l={l} /> }),
    c.accessor("stage", { header: "Stage", enableSorting: false, cell: ({ getValue }) => <Badge tone={stageTone(getValue())}>{stageLabel(getValue())}</Badge> }),
    c.accessor("score", { id: "score", header: "Score", sortDescFirst: true, meta: { numeric: true }, cell: ({ getValue }) => <span className="figure">{getValue()}</span> }),
    c.accessor("nextStepOn", { id: "next", header: "Next step", sortDescFirst: false, cell: ({ row: { original: l } }) => <NextStep step={l.nextStep} on={l.nextStepOn} nowMs={nowMs} /> }),
    c.accessor("people", { header: "People", enableSorting: false, meta: { numeric: true, hideSmall: true }, cell: ({ getValue }) => <span className="figure">{getValue()}</span> }),
    c.accessor("visits", { header: "Visits", enableSorting: false, meta: { numeric: true, hideSmall: true }, cell: ({ row: { original: l } }) => <span className="figure" title={l.lastVisitAt ? `Last on ${l.lastVisitAt.slice(0, 10)}` : "The tracked link was not opened yet"}>{l.visits}</span> }),
    c.accessor("source", { header: "Source", enableSorting: false, meta: { hideSmall: true }, cell: ({ getValue }) => <span className="text-ink-muted">{sourceWords[getValue()] ?? getValue()}</span> }),
    c.accessor("createdAt", { id: "created", header: "Added", sortDescFirst: true, meta: { hideSmall: true }, cell: ({ getValue }) => <span className="whitespace-nowrap text-ink-muted"><RelativeTime time={getValue()} nowMs={nowMs} /></span> }),
  ]), [nowMs]);
  return (
    <div className="panel overflow-clip">
      <CursorTable list={list} what="the leads" label="Leads" columns={columns} getRowId={(l) => l.id} rowHref={(l) => leadHref(l.id)}
        sorting={[{ id: state.sort.replace("-", ""), desc: state.sort.startsWith("-") }]}
        onSortingChange={([by]) => state.change({ sort: by ? (`${by.desc ? "-" : ""}${by.id}` as Sort) : null })}
        card={(l) => (
          <span className="grid gap-1.5">
            <span className="flex items-start justify-between gap-3"><Name l={l} /><span className="figure shrink-0" title="Score of 100">{l.score}</span></span>
            <span className="flex flex-wrap items-center gap-x-2 gap-y-1"><Badge tone={stageTone(l.stage)}>{stageLabel(l.stage)}</Badge><NextStep step={l.nextStep} on={l.nextStepOn} nowMs={nowMs} /></span>
          </span>
        )}
        empty={state.filtered
          ? <EmptyState icon={<Contact aria-hidden />} title="No lead matches these filters" actions={<Button onClick={state.clear}>Clear filters</Button>} />
          : <EmptyState icon={<Contact aria-hidden />} title="No leads yet" actions={emptyActions}>Whoever writes at the contact form becomes one. Or bring a list, or add a company by hand.</EmptyState>} />
    </div>
  );
}

export const stageTone = (stage: string) => (stage === "won" ? "ready" : stage === "lost" ? "stopped" : stage === "new" ? "accent" : "progressing") as "ready" | "stopped" | "accent" | "progressing";

function Name({ l }: { l: LeadDto }) {
  return <span className="grid min-w-0"><span className="font-medium text-ink wrap-anywhere">{l.name}</span>{l.domain ? <span className="text-sm font-normal text-ink-muted wrap-anywhere">{l.domain}</span> : null}</span>;
}
