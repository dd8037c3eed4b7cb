"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useEffect, useRef, useState, type DragEvent } from "react";
import { asProblem } from "@/components/form/as-problem";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { ErrorState } from "@/components/ui/error-state";
import { LEAD_STAGES } from "@/content/leads";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { listKey } from "@/lib/api-client/list-key";
import { keys } from "@/lib/api-client/query-keys";
import type { LeadDto, LeadStage } from "@/lib/leads/schema";
import { LeadCard } from "./lead-card";
import { neighbour } from "./stage-words";
import type { LeadFilterState } from "./use-lead-filters";
import { useMoveLead } from "./use-move-lead";

type Counts = { items: { stage: LeadStage; count: number }[] };
const SHOWN = "50";

/** A column a stage, best score first. Cards are dragged, moved by their menu, or by Shift and an arrow key. On a narrow screen the columns stand below each other. */
export function LeadBoard({ state: { filters }, nowMs }: { state: LeadFilterState; nowMs: number }) {
  const all = { ...filters, stage: undefined };
  const counts = useQuery({ queryKey: [...keys.leads, "stages", listKey([], all)], queryFn: ({ signal }) => fetchJson<Counts>(`/api/v1/leads/stages?${query(all)}`, { signal }) });
  const { moved, move, said } = useMoveLead();
  const [dragged, setDragged] = useState<LeadDto | null>(null);
  const follow = useRef<string | null>(null);
  const board = useRef<HTMLDivElement>(null);
  // A card moved by key takes the focus along.
  useEffect(() => {
    const card = follow.current ? board.current?.querySelector<HTMLElement>(`[data-lead="${follow.current}"] a`) : null;
    if (card && document.activeElement !== card) card.focus();
  });
  const step = (lead: LeadDto, by: -1 | 1) => {
    const to = neighbour(lead.stage, by);
    if (!to) return;
    follow.current = lead.id;
    void move(lead, to).finally(() => setTimeout(() => (follow.current = null), 300));
  };
  return (
    <div ref={board} className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3">
      <p className="text-sm text-ink-faint max-md:hidden">Drag a card, use its menu, or press Shift with ← or → on it.</p>
      <span className="sr-only" aria-live="polite">{said}</span>
      <div className="-mx-4 grid gap-3 px-4 md:-mx-6 md:auto-cols-[minmax(11rem,1fr)] md:grid-flow-col md:overflow-x-auto md:px-6 md:pb-3" tabIndex={0} role="region" aria-label="Board">
        {LEAD_STAGES.map((s) => (
          <Column key={s.value} stage={s} params={{ ...filters, stage: s.value, sort: "-score", limit: SHOWN }} count={counts.data?.items.find((i) => i.stage === s.value)?.count ?? null}
            moved={moved} nowMs={nowMs} dragged={dragged} onDragged={setDragged} onDrop={(lead) => { setDragged(null); void move(lead, s.value); }} onMove={(lead, to) => void move(lead, to)} onStep={step} />
        ))}
      </div>
    </div>
  );
}

const query = (params: Record<string, string | undefined>) => new URLSearchParams(Object.entries(params).filter((e): e is [string, string] => Boolean(e[1])));

type ColumnProps = {
  stage: (typeof LEAD_STAGES)[number]; params: Record<string, string | undefined>; count: number | null; moved: ReadonlyMap<string, LeadDto>; nowMs: number;
  dragged: LeadDto | null; onDragged: (lead: LeadDto | null) => void; onDrop: (lead: LeadDto) => void; onMove: (lead: LeadDto, to: LeadStage) => void; onStep: (lead: LeadDto, by: -1 | 1) => void;
};

function Column({ stage, params, count, moved, nowMs, dragged, onDragged, onDrop, onMove, onStep }: ColumnProps) {
  const [over, setOver] = useState(false);
  const list = useQuery({ queryKey: listKey(keys.leads, params), queryFn: ({ signal }) => fetchJson<{ items: LeadDto[]; nextCursor: string | null }>(`/api/v1/leads?${query(params)}`, { signal }) });
  const stay = (list.data?.items ?? []).filter((l) => !moved.has(l.id));
  const leads = [...stay, ...[...moved.values()].filter((l) => l.stage === stage.value)].sort((a, b) => b.score - a.score);
  const accepts = dragged !== null && dragged.stage !== stage.value;
  const drop = (e: DragEvent) => {
    e.preventDefault();
    setOver(false);
    if (dragged && accepts) onDrop(dragged);
  };
  return (
    <section aria-labelledby={`stage-${stage.value}`} onDragOver={accepts ? (e) => { e.preventDefault(); setOver(true); } : undefined} onDragLeave={() => setOver(false)} onDrop={drop}
      className={cx("grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-2 rounded-lg border bg-sunken p-2 transition-colors md:min-h-96", over ? "border-focus" : accepts ? "border-line-strong" : "border-line")}>
      <header className="grid px-1 pt-0.5">
        <h2 id={`stage-${stage.value}`} className="flex items-baseline justify-between gap-2 font-semibold">{stage.label}<span className="text-sm font-normal text-ink-muted tabular">{count ?? ""}</span></h2>
        <p className="text-xs text-ink-faint">{stage.hint}</p>
      </header>
      {list.isError && !list.data ? <ErrorState title="Not read" reason={asProblem(list.error).detail} onRetry={() => void list.refetch()} /> : null}
      {list.isPending ? <span role="status" aria-label="Loading" className="grid gap-2"><span className="skeleton block h-18" /><span className="skeleton block h-18" /></span> : null}
      <ul className="grid grid-cols-[minmax(0,1fr)] gap-2">
        {leads.map((lead) => <LeadCard key={lead.id} lead={lead} nowMs={nowMs} dragging={dragged?.id === lead.id} onDragged={onDragged} onMove={onMove} onStep={onStep} />)}
      </ul>
      {leads.length === 0 && list.data ? <p className="rounded-md border border-dashed border-line px-2 py-3 text-center text-sm text-ink-faint">Nobody here</p> : null}
      {list.data?.nextCursor ? <Button asChild size="sm" variant="ghost"><Link href={`/app/leads?${query({ ...params, sort: undefined, limit: undefined })}`}>All {count ?? ""} in the table</Link></Button> : null}
    </section>
  );
}
