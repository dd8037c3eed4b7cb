"use client";
import { ScrollText, X } from "lucide-react";
import { parseAsString, useQueryStates } from "nuqs";
import { useMemo, useState } from "react";
import { CursorTable } from "@/components/list/cursor-table";
import { useCursorList } from "@/components/list/use-cursor-list";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Input } from "@/components/ui/input";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { Select } from "@/components/ui/select";
import { tableColumns } from "@/components/ui/table-columns";
import { keys } from "@/lib/api-client/query-keys";
import type { AuditEntryDto } from "@/lib/audit/schema";
import { AuditEntrySheet } from "./audit-entry-sheet";
import { AUDIT_KINDS, dayBound, detailWords } from "./audit-words";
import { useVerifyChain } from "./verify-chain";

const c = tableColumns<AuditEntryDto>();
const ANY = "any kind"; // no action and no slug has a space
const filters = { action: parseAsString.withDefault(""), project: parseAsString.withDefault(""), actor: parseAsString.withDefault(""), from: parseAsString.withDefault(""), to: parseAsString.withDefault("") };

/** Who did what, newest first, with filters that stand in the address; and the proof that nothing was changed since. */
export function AuditLog({ projects, nowMs }: { projects: { slug: string; name: string }[]; nowMs: number }) {
  const [f, setF] = useQueryStates(filters);
  const [shown, setShown] = useState<AuditEntryDto | null>(null);
  const list = useCursorList<AuditEntryDto>(keys.audit, "/api/v1/audit", { action: f.action, project: f.project, actor: f.actor, from: dayBound(f.from), to: dayBound(f.to, true) });
  const verify = useVerifyChain();
  const filtered = Object.values(f).some(Boolean);
  const actorName = f.actor ? (list.items.find((e) => e.actor.id === f.actor)?.actor.name ?? f.actor) : "";
  const columns = useMemo(() => c.columns([
    c.accessor("at", { header: "When", cell: ({ getValue }) => <span className="whitespace-nowrap"><RelativeTime time={getValue()} nowMs={nowMs} /></span> }),
    c.accessor((e) => e.actor.name, { id: "actor", header: "Who", cell: ({ row: { original: e } }) => <span className="wrap-anywhere">{e.actor.name}</span> }),
    c.accessor("action", { header: "What", cell: ({ row: { original: e } }) => <button type="button" onClick={() => setShown(e)} className="link font-mono text-sm whitespace-nowrap" aria-label={`Details of ${e.action}, entry ${e.seq}`}>{e.action}</button> }),
    c.accessor((e) => e.project ?? "", { id: "project", header: "Project", meta: { hideSmall: true } }),
    c.accessor((e) => detailWords(e.detail), { id: "detail", header: "Details", meta: { hideSmall: true }, cell: ({ getValue }) => <span className="block max-w-64 truncate text-ink-muted" title={getValue()}>{getValue()}</span> }),
  ]), [nowMs]);
  return (
    <>
      <PageHeader title="Audit log" meta="Every change, in the order it happened. Rows can be added, never changed: each carries the hash of the one before." actions={verify.button} />
      {verify.result}
      <section aria-label="Filters" className="flex flex-wrap items-end gap-2">
        <Select aria-label="Kind of action" className="w-40!" value={f.action || ANY} onValueChange={(v) => void setF({ action: v === ANY ? null : v })} options={[{ value: ANY, label: "Every action" }, ...AUDIT_KINDS, ...(f.action && !AUDIT_KINDS.some((k) => k.value === f.action) ? [{ value: f.action, label: f.action }] : [])]} />
        <Select aria-label="Project" className="w-40!" value={f.project || ANY} onValueChange={(v) => void setF({ project: v === ANY ? null : v })} options={[{ value: ANY, label: "Every project" }, ...projects.map((p) => ({ value: p.slug, label: p.name }))]} />
        <label className="flex items-center gap-2 text-sm text-ink-muted">From <Input type="date" value={f.from} max={f.to || undefined} onChange={(e) => void setF({ from: e.target.value || null })} className="w-36!" /></label>
        <label className="flex items-center gap-2 text-sm text-ink-muted">to <Input type="date" value={f.to} min={f.from || undefined} onChange={(e) => void setF({ to: e.target.value || null })} className="w-36!" /></label>
        {f.actor ? <Button onClick={() => void setF({ actor: null })} aria-label={`Show everybody, not only ${actorName}`}>{actorName}<X aria-hidden /></Button> : null}
        {filtered ? <Button variant="ghost" onClick={() => void setF(null)}>Clear filters</Button> : null}
      </section>
      <div className="panel overflow-clip">
        <CursorTable list={list} what="the audit log" label="Audit log" columns={columns} getRowId={(e) => String(e.seq)} sortable={false}
          card={(e) => <button type="button" onClick={() => setShown(e)} className="grid w-full gap-0.5 text-left"><span className="flex justify-between gap-3"><span className="font-mono text-sm font-medium">{e.action}</span><span className="text-sm text-ink-muted"><RelativeTime time={e.at} nowMs={nowMs} /></span></span><span className="text-ink-muted wrap-anywhere">{e.actor.name}{e.project ? ` · ${e.project}` : ""}</span></button>}
          empty={filtered
            ? <EmptyState icon={<ScrollText aria-hidden />} title="Nothing matches these filters" actions={<Button onClick={() => void setF(null)}>Clear filters</Button>} />
            : <EmptyState icon={<ScrollText aria-hidden />} title="The log is empty">The first change writes its first row.</EmptyState>} />
      </div>
      <AuditEntrySheet entry={shown} onClose={() => setShown(null)} onActor={(actor) => { setShown(null); void setF({ actor }); }} />
    </>
  );
}
