"use client";
import { useQueryClient } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { useMemo, useState } from "react";
import { CursorTable } from "@/components/list/cursor-table";
import { useCursorList } from "@/components/list/use-cursor-list";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Status, type State } from "@/components/ui/status";
import { tableColumns } from "@/components/ui/table-columns";
import { keys } from "@/lib/api-client/query-keys";
import type { ApprovalDto } from "@/lib/approvals/schema";
import { formatMoney } from "@/lib/format/money";
import { ApprovalSheet } from "./approval-sheet";

const VIEWS = ["waiting", "all"] as const;
const c = tableColumns<ApprovalDto>();
const looks: Record<ApprovalDto["state"], { state: State; word: string }> = {
  waiting: { state: "warning", word: "Waiting" }, approved: { state: "ready", word: "Approved" }, declined: { state: "failed", word: "Declined" }, withdrawn: { state: "stopped", word: "Taken back" },
};

/** Changes that wait for somebody's yes, and what was decided. */
export function ApprovalList({ nowMs }: { nowMs: number }) {
  const client = useQueryClient();
  const [view, setView] = useQueryState("state", parseAsStringLiteral(VIEWS).withDefault("waiting"));
  const [open, setOpen] = useState<ApprovalDto | null>(null);
  const list = useCursorList<ApprovalDto>(keys.approvals, "/api/v1/approvals", { state: view });
  const columns = useMemo(() => c.columns([
    c.accessor("deployment", { header: "Deployment", cell: ({ row: { original: a } }) => <What a={a} /> }),
    c.accessor("requestedBy", { header: "Asked by", cell: ({ row: { original: a } }) => <span className="grid"><span>{a.requestedBy}</span><span className="text-sm text-ink-faint"><RelativeTime time={a.requestedAt} nowMs={nowMs} /></span></span> }),
    c.accessor((a) => a.gate.forecastUsd.least ?? -1, { id: "forecast", header: "Month with it", meta: { numeric: true }, cell: ({ row: { original: a } }) => <Forecast a={a} /> }),
    c.accessor("state", { header: "State", cell: ({ row: { original: a } }) => <Status state={looks[a.state].state} size="sm">{looks[a.state].word}</Status> }),
    c.display({ id: "actions", header: () => <span className="sr-only">Actions</span>, meta: { numeric: true }, cell: ({ row: { original: a } }) => <Button size="sm" variant="ghost" onClick={() => setOpen(a)} aria-label={`Look at ${a.deployment}`}>{a.mayDecide ? "Decide" : "Look"}</Button> }),
  ]), [nowMs]);
  return (
    <>
      <PageHeader title="Approvals" meta="Deployments that wait for the yes of a platform person or an owner." actions={<SegmentedControl aria-label="Which requests" value={view} onValueChange={(v) => void setView(v)} options={[{ value: "waiting", label: "Waiting" }, { value: "all", label: "All" }]} size="md" />} />
      <div className="panel overflow-clip">
        <CursorTable list={list} what="the requests" label="Requests for approval" columns={columns} getRowId={(a) => a.id}
          card={(a) => (
            <div className="grid gap-2">
              <div className="flex items-start justify-between gap-3"><What a={a} /><Status state={looks[a.state].state} size="sm">{looks[a.state].word}</Status></div>
              <div className="flex items-end justify-between gap-3"><span className="text-sm text-ink-muted">{a.requestedBy}, <RelativeTime time={a.requestedAt} nowMs={nowMs} /></span><Button size="sm" onClick={() => setOpen(a)} aria-label={`Look at ${a.deployment}`}>{a.mayDecide ? "Decide" : "Look"}</Button></div>
            </div>
          )}
          empty={<EmptyState icon={<CircleCheck aria-hidden />} title={view === "waiting" ? "Nothing waits" : "Nobody has asked yet"}>A deployment waits here when its environment wants approval, or when it would go over the environment&rsquo;s budget. Both are set under Settings, Environments.</EmptyState>} />
      </div>
      <ApprovalSheet approval={open} onClose={() => setOpen(null)} onDone={() => { setOpen(null); for (const queryKey of [keys.approvals, keys.overview, keys.projects]) void client.invalidateQueries({ queryKey }); }} />
    </>
  );
}

function What({ a }: { a: ApprovalDto }) {
  return <span className="grid min-w-0"><span className="font-medium wrap-anywhere">{a.deployment} <span className="text-sm font-normal text-ink-faint">{a.project} / {a.environment}</span></span><span className="text-sm text-ink-muted wrap-anywhere">{a.summary}</span></span>;
}

function Forecast({ a }: { a: ApprovalDto }) {
  const { gate } = a;
  return <span className="grid whitespace-nowrap"><span className="figure">{formatMoney(gate.forecastUsd.least, "unknown")}</span>{gate.budgetUsd === null ? null : <span className="text-sm text-ink-faint">of <span className="figure">{formatMoney(gate.budgetUsd)}</span></span>}</span>;
}
