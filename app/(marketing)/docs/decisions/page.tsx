import { docPages } from "@/components/docs/doc-pages";
import { DocsHeader } from "@/components/docs/docs-header";
import { DocsNav } from "@/components/docs/docs-nav";
import { publicMetadata } from "@/components/site/public-metadata";
import { SiteFooter } from "@/components/site/site-footer";

export const metadata = publicMetadata({ path: "/docs/decisions", title: "Decisions · Slipway", description: "Why Slipway is built as it is: a page a decision, with what was looked at and what was taken." });

export default function DecisionsPage() {
  return (
    <>
      <DocsHeader current="/docs" />
      <div className="mx-auto grid max-w-[82rem] gap-x-12 gap-y-6 px-5 py-8 sm:px-8 lg:grid-cols-[13rem_minmax(0,1fr)]">
        <div><DocsNav current="/docs/decisions" /></div>
        <main className="min-w-0 max-w-[46rem] text-lg">
          <h1 className="text-display-sm font-semibold tracking-tight sm:text-display">Decisions</h1>
          <p className="mt-4 text-ink-muted">Why Slipway is built as it is: what was looked at, and what was taken.</p>
          <ul className="mt-6 divide-y divide-line border-y border-line">{docPages().filter((p) => p.group === "Decisions").map((p) => <li key={p.href}><a className="flex gap-4 py-3 hover:bg-hover" href={p.href}><span className="figure text-ink-faint">{p.slug.slice(0, 4)}</span><span className="font-medium">{p.title}</span></a></li>)}</ul>
        </main>
      </div>
      <div className="mx-auto max-w-[82rem] px-5 sm:px-8"><SiteFooter /></div>
    </>
  );
}
