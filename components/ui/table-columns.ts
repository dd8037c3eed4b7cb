import { createColumnHelper, createSortedRowModel, metaHelper, rowSortingFeature, sortFn_alphanumeric, sortFn_basic, sortFn_datetime, sortFn_text, tableFeatures, type ColumnDef, type RowData } from "@tanstack/react-table";

/** What a column says about its look. */
export type ColumnLook = {
  /** Figures: right-aligned, tabular. */ numeric?: boolean;
  /** Left out below 640 px; keep the two columns that matter. */ hideSmall?: boolean;
  /** A class for width, like "w-32". */ width?: string;
};

export const dataTableFeatures = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric, text: sortFn_text, basic: sortFn_basic, datetime: sortFn_datetime },
  columnMeta: metaHelper<ColumnLook>(),
});

export type DataTableColumn<T extends RowData> = ColumnDef<typeof dataTableFeatures, T, never>;

/** Column builder for DataTable: `const c = tableColumns<Deployment>(); const columns = c.columns([c.accessor("name", { header: "Name" })])`, at module level. */
export function tableColumns<T extends RowData>() {
  return createColumnHelper<typeof dataTableFeatures, T>();
}
