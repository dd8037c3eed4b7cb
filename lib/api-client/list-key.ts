import type { QueryKey } from "@tanstack/react-query";

export type ListParams = Record<string, string | undefined>;

/** Key of one page of a list: what is listed, its filters, and the cursor (null: the first page). The server's prefetch uses the same. */
export const listKey = (of: QueryKey, params: ListParams = {}, cursor: string | null = null): QueryKey =>
  [...of, "page", Object.fromEntries(Object.entries(params).filter(([, v]) => v !== undefined && v !== "")), cursor];
