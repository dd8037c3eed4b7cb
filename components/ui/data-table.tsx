"use client";
import { useTable, type ColumnDef, type RowData, type SortingState } from "@tanstack/react-table";
import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState, type KeyboardEvent, type MouseEvent, type ReactNode } from "react";
import { cx } from "./cx";
import { dataTableFeatures } from "./table-columns";

export type DataTableProps<T extends RowData> = {
  /** Read aloud as the table's name. */ label: string;
  // The cells' value types differ by column; the helper in table-columns.ts has already checked each.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  columns: ColumnDef<typeof dataTableFeatures, T, any>[];
  data: T[]; getRowId: (row: T) => string; /** Makes the row, and its first cell, lead there. */ rowHref?: (row: T) => string;
  /** With onSortingChange: the order comes from the server; without: sorted here. */ sorting?: SortingState; onSortingChange?: (sorting: SortingState) => void; sortable?: boolean; /** Of the sorted rows only the first so many. */ most?: number;
  loading?: boolean; skeletonRows?: number; /** Instead of rows where there are none. */ empty?: ReactNode;
  /** Below 640 px each row becomes this card instead; without it, columns with meta.hideSmall go. */ card?: (row: T) => ReactNode;
  className?: string;
};

const arrows = { asc: ArrowUp, desc: ArrowDown };

/** Rows with sorted headers, a sticky head, row links, and j/k to walk them. */
export function DataTable<T extends RowData>({ label, columns, data, getRowId, rowHref, sorting, onSortingChange, sortable = true, most, loading = false, skeletonRows = 6, empty, card, className }: DataTableProps<T>) {
  const router = useRouter();
  const [own, setOwn] = useState<SortingState>([]);
  const current = sorting ?? own;
  const table = useTable({
    features: dataTableFeatures, columns, data, getRowId, enableSorting: sortable, manualSorting: Boolean(onSortingChange), enableMultiSort: false,
    state: { sorting: current },
    onSortingChange: (next) => (onSortingChange ?? setOwn)(typeof next === "function" ? next(current) : next),
  });
  const rows = table.getRowModel().rows.slice(0, most);

  const walk = (e: KeyboardEvent<HTMLElement>) => {
    if ((e.key !== "j" && e.key !== "k") || e.metaKey || e.ctrlKey || e.altKey || (e.target as HTMLElement).closest("input, textarea, select, [contenteditable]")) return;
    const links = [...e.currentTarget.querySelectorAll<HTMLElement>("[data-row-link]")].filter((el) => el.offsetParent !== null);
    const at = links.findIndex((el) => el === document.activeElement || el.closest("tr, li")?.contains(document.activeElement));
    links[Math.min(links.length - 1, Math.max(0, at + (e.key === "j" ? 1 : -1)))]?.focus();
    e.preventDefault();
  };
  const open = (e: MouseEvent<HTMLElement>, href: string) => {
    if (e.defaultPrevented || e.button !== 0 || (e.target as HTMLElement).closest("a, button, input, label, [role=menuitem]") || window.getSelection()?.toString()) return;
    if (e.metaKey || e.ctrlKey) window.open(href, "_blank", "noopener");
    else router.push(href);
  };
  if (!loading && rows.length === 0 && empty) return <>{empty}</>;

  return (
    <div onKeyDown={walk} className={className}>
      {card ? (
        <ul aria-label={label} className="grid divide-y divide-line sm:hidden">
          {loading ? Array.from({ length: skeletonRows }, (_, i) => <li key={i} className="p-4"><span className="skeleton block h-10" /></li>) : rows.map((row) => (
            <li key={row.id}>{rowHref ? <Link href={rowHref(row.original)} data-row-link className="block p-4 focus-visible:-outline-offset-2">{card(row.original)}</Link> : <div className="p-4">{card(row.original)}</div>}</li>
          ))}
        </ul>
      ) : null}
      <div className={cx("overflow-x-auto", card && "hidden sm:block")} tabIndex={-1}>
        <table className="w-full border-separate border-spacing-0" aria-busy={loading || undefined}>
          <caption className="sr-only">{label}</caption>
          <thead>
            {table.getHeaderGroups().map((group) => (
              <tr key={group.id}>
                {group.headers.map((header) => {
                  const look = header.column.columnDef.meta;
                  const order = header.column.getIsSorted();
                  const Arrow = order ? arrows[order] : ChevronsUpDown;
                  return (
                    <th key={header.id} scope="col" aria-sort={order ? (order === "asc" ? "ascending" : "descending") : undefined}
                      className={cx("sticky top-0 z-10 h-9 whitespace-nowrap border-b border-line bg-surface px-3 text-xs font-medium text-ink-muted first:pl-4 last:pr-4", look?.numeric ? "text-right" : "text-left", look?.hideSmall && "max-sm:hidden", look?.width)}>
                      {header.isPlaceholder ? null : header.column.getCanSort() ? (
                        <button type="button" onClick={header.column.getToggleSortingHandler()} className={cx("group/sort -mx-1 inline-flex items-center gap-1 rounded-sm px-1 hover:text-ink", look?.numeric && "flex-row-reverse", order && "text-ink")}>
                          <table.FlexRender header={header} />
                          <Arrow aria-hidden className={cx("size-3", !order && "opacity-0 group-hover/sort:opacity-100 group-focus-visible/sort:opacity-100")} />
                        </button>
                      ) : <table.FlexRender header={header} />}
                    </th>
                  );
                })}
              </tr>
            ))}
          </thead>
          <tbody>
            {loading ? Array.from({ length: skeletonRows }, (_, i) => (
              <tr key={i}>{columns.map((c, n) => <td key={n} className={cx("h-9 border-b border-line px-3 first:pl-4 last:pr-4", c.meta?.hideSmall && "max-sm:hidden")}><span className={cx("skeleton block h-3.5", n === 0 ? "w-40" : "ml-auto w-16")} /></td>)}</tr>
            )) : rows.map((row) => {
              const href = rowHref?.(row.original);
              return (
                <tr key={row.id} onClick={href ? (e) => open(e, href) : undefined} className={cx("group/row", href && "cursor-pointer hover:bg-hover focus-within:bg-hover")}>
                  {row.getAllCells().map((cell, n) => {
                    const look = cell.column.columnDef.meta;
                    const content = <table.FlexRender cell={cell} />;
                    return (
                      <td key={cell.id} className={cx("h-9 border-b border-line px-3 py-1.5 first:pl-4 last:pr-4 group-last/row:border-b-0", look?.numeric && "text-right tabular-nums", look?.hideSmall && "max-sm:hidden")}>
                        {n === 0 && href ? <Link href={href} data-row-link className="rounded-sm font-medium text-ink hover:underline underline-offset-3">{content}</Link> : content}
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </div>
  );
}
