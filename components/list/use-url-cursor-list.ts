import { keepPreviousData, useQuery, type QueryKey } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { useState } from "react";
import { fetchJson } from "@/lib/api-client/fetch-json";
import { listKey, type ListParams } from "@/lib/api-client/list-key";
import type { CursorList } from "./use-cursor-list";

type Page<T> = { items: T[]; nextCursor: string | null };

/** As useCursorList, with the page in the address (`after`): it can be sent to somebody, and the browser's back button turns pages. Whoever changes a filter clears `after`. */
export function useUrlCursorList<T>(of: QueryKey, path: string, params: ListParams = {}): CursorList<T> {
  const [after, setAfter] = useQueryState("after", parseAsString.withOptions({ history: "push" }));
  // Pages before this one, as far as this visit knows them; an address from elsewhere knows only the first.
  const [trail, setTrail] = useState<string[]>([]);
  const at = after === null ? -1 : trail.indexOf(after);
  const query = useQuery({
    queryKey: listKey(of, params, after),
    queryFn: ({ signal }) => fetchJson<Page<T>>(`${path}?${new URLSearchParams(Object.entries({ ...params, cursor: after ?? undefined }).filter((e): e is [string, string] => Boolean(e[1])))}`, { signal }),
    placeholderData: keepPreviousData,
  });
  const next = query.data?.nextCursor ?? null;
  return {
    items: query.data?.items ?? [], loading: query.isPending, fetching: query.isFetching, stale: query.isPlaceholderData,
    error: query.isError && !query.data ? query.error : null, retry: () => void query.refetch(),
    /** Why what is shown is from an earlier reading; null where it is not. */
    failed: query.isError && query.data ? { reason: query.error.message, since: query.dataUpdatedAt } : null,
    page: after === null ? 1 : at + 2, hasPrevious: after !== null, hasNext: next !== null && !query.isPlaceholderData,
    goPrevious: () => void setAfter(at > 0 ? trail[at - 1]! : null),
    goNext: () => {
      if (next === null) return;
      setTrail(after === null ? [next] : at < 0 ? [after, next] : [...trail.slice(0, at + 1), next]);
      void setAfter(next);
    },
  };
}
