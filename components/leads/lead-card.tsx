"use client";
import { Ellipsis } from "lucide-react";
import Link from "next/link";
import type { KeyboardEvent } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { DropdownMenu } from "@/components/ui/dropdown-menu";
import { LEAD_STAGES } from "@/content/leads";
import { leadHref } from "@/lib/api-client/hrefs";
import type { LeadDto, LeadStage } from "@/lib/leads/schema";
import { NextStep } from "./next-step";

type Props = { lead: LeadDto; nowMs: number; dragging: boolean; onDragged: (lead: LeadDto | null) => void; onMove: (lead: LeadDto, to: LeadStage) => void; onStep: (lead: LeadDto, by: -1 | 1) => void };

/** A lead on the board. */
export function LeadCard({ lead, nowMs, dragging, onDragged, onMove, onStep }: Props) {
  const onKeyDown = (e: KeyboardEvent) => {
    if (!e.shiftKey || (e.key !== "ArrowLeft" && e.key !== "ArrowRight")) return;
    e.preventDefault();
    onStep(lead, e.key === "ArrowLeft" ? -1 : 1);
  };
  return (
    <li data-lead={lead.id} draggable onKeyDown={onKeyDown} onDragEnd={() => onDragged(null)}
      onDragStart={(e) => { e.dataTransfer.effectAllowed = "move"; e.dataTransfer.setData("text/plain", lead.name); onDragged(lead); }}
      className={cx("grid cursor-grab gap-1.5 rounded-md border border-line bg-surface p-2.5 shadow-control", dragging && "opacity-50")}>
      <div className="flex items-start gap-1">
        <Link href={leadHref(lead.id)} draggable={false} aria-keyshortcuts="Shift+ArrowLeft Shift+ArrowRight" className="min-w-0 flex-1 rounded-sm font-medium wrap-anywhere hover:underline underline-offset-3">{lead.name}</Link>
        <DropdownMenu trigger={<Button variant="ghost" size="sm" icon aria-label={`Move ${lead.name}`} className="-mr-1 -mt-1"><Ellipsis aria-hidden /></Button>}
          groups={[{ label: "Move to", items: LEAD_STAGES.map((s) => ({ label: s.label, disabled: s.value === lead.stage, onSelect: () => onMove(lead, s.value) })) }]} />
      </div>
      {lead.domain ? <span className="text-sm text-ink-muted wrap-anywhere">{lead.domain}</span> : null}
      <div className="flex items-end justify-between gap-2 text-sm">
        {lead.nextStep || lead.nextStepOn ? <NextStep step={lead.nextStep} on={lead.nextStepOn} nowMs={nowMs} /> : <span className="text-ink-faint">no next step</span>}
        <Badge mono><span className="sr-only">Score </span>{lead.score}</Badge>
      </div>
    </li>
  );
}
