import { fetchJson } from "@/lib/api-client/fetch-json";

/** Pages a list may have here before something must be wrong. */
const MOST_PAGES = 25;

/** Every item of a list of the API, for lists that are small by nature (the catalogue). `path` may have a query of its own. */
export async function fetchAllPages<T>(path: string, signal?: AbortSignal): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  for (let n = 0; n < MOST_PAGES; n++) {
    const query: string = `${path}${path.includes("?") ? "&" : "?"}limit=200${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`;
    const page: { items: T[]; nextCursor: string | null } = await fetchJson(query, { signal });
    items.push(...page.items);
    cursor = page.nextCursor;
    if (cursor === null) break;
  }
  return items;
}
