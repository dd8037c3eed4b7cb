"use client";
import type { RowData } from "@tanstack/react-table";
import type { ReactNode } from "react";
import { asProblem } from "@/components/form/as-problem";
import { CursorPagination } from "@/components/ui/cursor-pagination";
import { DataTable, type DataTableProps } from "@/components/ui/data-table";
import { RelativeTime } from "@/components/ui/relative-time";
import { StaleBanner } from "@/components/ui/stale-banner";
import { ErrorState } from "@/components/ui/error-state";
import type { CursorList } from "./use-cursor-list";

type Props<T extends RowData> = Omit<DataTableProps<T>, "data" | "loading" | "empty"> & { list: CursorList<T>; /** What could not be read, in the error's heading: "the tokens". */ what: string; empty: ReactNode };

/** A list of the API in all its states: loading, failed, empty, and its pages. */
export function CursorTable<T extends RowData>({ list, what, empty, ...table }: Props<T>) {
  if (list.error) {
    const problem = asProblem(list.error);
    return <ErrorState title={`Could not read ${what}`} reason={problem.detail} onRetry={list.retry} retrying={list.fetching} reference={problem.requestId ? `Request ${problem.requestId}` : undefined} />;
  }
  const paged = list.hasPrevious || list.hasNext;
  return (
    <div className={list.stale ? "opacity-60" : undefined} aria-busy={list.stale || undefined}>
      {list.failed ? <div className="border-b border-line p-2.5"><StaleBanner since={<RelativeTime time={list.failed.since} />} reason={list.failed.reason} onRetry={list.retry} retrying={list.fetching} /></div> : null}
      <DataTable {...table} data={list.items} loading={list.loading} empty={empty} skeletonRows={3} />
      {paged ? <div className="border-t border-line"><CursorPagination summary={`Page ${list.page}, ${list.items.length} shown`} hasPrevious={list.hasPrevious} hasNext={list.hasNext} onPrevious={list.goPrevious} onNext={list.goNext} loading={list.fetching} /></div> : null}
    </div>
  );
}
