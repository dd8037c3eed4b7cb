"use client";
import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button";

export type CursorPaginationProps = { /** "1-50 of 312", or just "50 shown". */ summary?: ReactNode; hasPrevious: boolean; hasNext: boolean; onPrevious: () => void; onNext: () => void; loading?: boolean };

/** Pages of a list that is read by cursor: there is a next and a previous, no numbers. */
export function CursorPagination({ summary, hasPrevious, hasNext, onPrevious, onNext, loading = false }: CursorPaginationProps) {
  return (
    <nav aria-label="Pages of this list" className="flex items-center justify-between gap-3 px-4 py-2">
      <span className="text-sm text-ink-muted tabular" aria-live="polite">{summary}</span>
      <span className="flex gap-1">
        <Button size="sm" disabled={!hasPrevious || loading} onClick={onPrevious}><ChevronLeft aria-hidden />Previous</Button>
        <Button size="sm" disabled={!hasNext || loading} onClick={onNext}>Next<ChevronRight aria-hidden /></Button>
      </span>
    </nav>
  );
}
