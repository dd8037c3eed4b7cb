import type { Metadata } from "next";
import { DocsHeader } from "@/components/docs/docs-header";
import { DocsNav } from "@/components/docs/docs-nav";
import { excerpt, searchDocs } from "@/components/docs/search-docs";

export const metadata: Metadata = { title: "Search · Slipway", robots: { index: false } };

type Props = { searchParams: Promise<{ q?: string | string[] }> };

/** Answers the search form from an index of this Slipway's own files; nobody else learns what was asked. */
export default async function DocsSearchPage({ searchParams }: Props) {
  const { q } = await searchParams;
  const query = (Array.isArray(q) ? q[0] : q)?.trim() ?? "";
  const found = query ? searchDocs(query) : [];
  return (
    <>
      <DocsHeader current="/docs" query={query} />
      <div className="mx-auto grid max-w-[82rem] gap-x-12 gap-y-6 px-5 py-8 sm:px-8 lg:grid-cols-[13rem_minmax(0,1fr)]">
        <div><DocsNav current="" /></div>
        <main className="min-w-0 max-w-[46rem] text-lg">
          <h1 className="text-display-sm font-semibold tracking-tight wrap-anywhere">{query ? `“${query}”` : "Search"}</h1>
          <p className="mt-2 text-ink-muted">{query ? found.length === 0 ? "No section has all of these words. Try fewer, or other ones." : `${found.length} ${found.length === 1 ? "section" : "sections"}` : "Type what you look for into the field above."}</p>
          <ol className="mt-6 divide-y divide-line">{found.map((s) => <li key={s.id} className="py-4"><a className="link font-medium" href={s.id}>{s.title}</a><span className="ml-2 text-base text-ink-faint">{s.page === s.title ? "" : s.page}</span><p className="mt-1 text-base text-ink-muted wrap-anywhere">{excerpt(s.text, query)}</p></li>)}</ol>
        </main>
      </div>
    </>
  );
}
