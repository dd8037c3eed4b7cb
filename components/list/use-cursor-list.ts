import { keepPreviousData, useQuery, type QueryKey } from "@tanstack/react-query";
import { useState } from "react";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { listKey, type ListParams } from "@/lib/api-client/list-key";

type Page<T> = { items: T[]; nextCursor: string | null };

/** A list of the API, page by page. Other filters begin at the first page again; the page shown stays until the next one is there. */
export function useCursorList<T>(of: QueryKey, path: string, params: ListParams = {}) {
  const filters = JSON.stringify(listKey(of, params));
  const [trail, setTrail] = useState<{ filters: string; cursors: string[] }>({ filters, cursors: [] });
  const cursors = trail.filters === filters ? trail.cursors : [];
  const cursor = cursors.at(-1) ?? null;
  const query = useQuery({
    queryKey: listKey(of, params, cursor),
    queryFn: ({ signal }) => fetchJson<Page<T>>(`${path}?${new URLSearchParams(Object.entries({ ...params, cursor: cursor ?? undefined }).filter((e): e is [string, string] => Boolean(e[1])))}`, { signal }),
    placeholderData: keepPreviousData,
  });
  const next = query.data?.nextCursor ?? null;
  return {
    items: query.data?.items ?? [], loading: query.isPending, fetching: query.isFetching, stale: query.isPlaceholderData,
    error: query.isError && !query.data ? query.error : null, retry: () => void query.refetch(),
    /** Why what is shown is from an earlier reading; null where it is not. */
    failed: query.isError && query.data ? { reason: query.error.message, since: query.dataUpdatedAt } : null,
    page: cursors.length + 1, hasPrevious: cursors.length > 0, hasNext: next !== null && !query.isPlaceholderData,
    goPrevious: () => setTrail({ filters, cursors: cursors.slice(0, -1) }),
    goNext: () => { if (next !== null) setTrail({ filters, cursors: [...cursors, next] }); },
  };
}

export type CursorList<T> = Omit<ReturnType<typeof useCursorList<T>>, "items"> & { items: T[] };
