import { ORIGIN_FIELDS } from "@/lib/contact/schema";

type Query = Record<string, string | string[] | undefined>;

/** Where a reader came from, without a cookie: utm_* of this address, else of the page of ours that led here; and that page's path, or another site's host. */
export function originOf(query: Query, referer: string | null, ownOrigin: string): Record<string, string> {
  const page = URL.parse(referer ?? "");
  const own = page?.origin === ownOrigin;
  const entries = ORIGIN_FIELDS.filter((f) => f !== "from").flatMap((f) => {
    const value = query[f] ?? (own ? page?.searchParams.get(f) : null);
    return typeof value === "string" && value ? [[f, value.slice(0, 200)]] : [];
  });
  const from = page && page.protocol.startsWith("http") ? (own ? page.pathname : page.host) : null;
  return Object.fromEntries([...entries, ...(from ? [["from", from.slice(0, 200)]] : [])]) as Record<string, string>;
}
