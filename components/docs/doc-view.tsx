import { SiteFooter } from "@/components/site/site-footer";
import type { DocPage } from "./doc-pages";
import { docPages, sourceOf } from "./doc-pages";
import { DocsHeader } from "./docs-header";
import { DocsNav } from "./docs-nav";
import { headingsOf } from "./headings";
import { proseComponents } from "./prose";

/** One page of the documentation: all pages at the left, its contents at the right, the neighbours below. */
export async function DocView({ page }: { page: DocPage }) {
  const { default: Document } = await loadDocument(page.file!);
  const pages = docPages();
  const at = pages.findIndex((p) => p.href === page.href);
  const headings = headingsOf(sourceOf(page)).filter((h) => h.level === 2);
  return (
    <>
      <DocsHeader current="/docs" />
      <div className="mx-auto grid max-w-[82rem] gap-x-12 gap-y-6 px-5 py-8 sm:px-8 lg:grid-cols-[13rem_minmax(0,1fr)] xl:grid-cols-[13rem_minmax(0,1fr)_13rem]">
        <div><DocsNav current={page.href} /></div>
        <main className="min-w-0 max-w-[46rem] text-lg"><article><Document components={proseComponents(page.file!)} /></article><Neighbours before={pages[at - 1]} after={pages[at + 1]} /></main>
        <aside className="hidden xl:block">
          {headings.length > 1 ? <nav aria-label="On this page" className="sticky top-6"><p className="font-semibold">On this page</p><ul className="mt-1.5 grid gap-1.5">{headings.map((h) => <li key={h.id}><a href={`#${h.id}`} className="text-ink-muted hover:text-ink">{h.text}</a></li>)}</ul></nav> : null}
        </aside>
      </div>
      <div className="mx-auto max-w-[82rem] px-5 sm:px-8"><SiteFooter /></div>
    </>
  );
}

const loadDocument = (file: string): Promise<typeof import("*.md")> => (file.startsWith("adr/") ? import(`@/docs/adr/${file.slice(4, -3)}.md`) : import(`@/docs/${file.slice(0, -3)}.md`)) as Promise<typeof import("*.md")>;

function Neighbours({ before, after }: { before: DocPage | undefined; after: DocPage | undefined }) {
  return (
    <nav aria-label="Before and after" className="mt-16 grid gap-4 border-t border-line pt-6 sm:grid-cols-2">
      {before ? <a href={before.href} className="panel p-4 hover:bg-hover"><span className="block text-base text-ink-muted">Before</span><span className="font-medium">{before.title}</span></a> : <span className="max-sm:hidden" />}
      {after ? <a href={after.href} className="panel p-4 hover:bg-hover sm:text-right"><span className="block text-base text-ink-muted">Next</span><span className="font-medium">{after.title}</span></a> : null}
    </nav>
  );
}
