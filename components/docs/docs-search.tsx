import { Search } from "lucide-react";

/** Asks this Slipway's own index; a plain form, so that it works without JavaScript. */
export function DocsSearch({ query = "" }: { query?: string }) {
  return (
    <form action="/docs/search" role="search" className="relative w-full max-w-72">
      <Search aria-hidden className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-ink-faint" />
      <input type="search" name="q" defaultValue={query} maxLength={200} required aria-label="Search the documentation" placeholder="Search the documentation" className="control pl-8" />
    </form>
  );
}
