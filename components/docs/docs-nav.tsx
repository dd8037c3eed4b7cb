import { type DocPage, docPages } from "./doc-pages";

/** All pages of the documentation by group. Folded on a narrow screen. */
export function DocsNav({ current }: { current: string }) {
  const pages = docPages();
  const groups = [...new Set(pages.map((p) => p.group))];
  const list = (id: string) => <div className="grid gap-5">{groups.map((group) => <Group key={group} id={`${id}-${anchor(group)}`} title={group} pages={pages.filter((p) => p.group === group)} current={current} />)}</div>;
  return (
    <>
      <nav aria-label="Pages" className="sticky top-6 hidden max-h-[calc(100dvh-3rem)] overflow-y-auto pb-6 lg:block">{list("side")}</nav>
      <details className="panel px-4 py-3 lg:hidden"><summary className="font-medium">All pages</summary><nav aria-label="Pages" className="pt-4">{list("menu")}</nav></details>
    </>
  );
}

const anchor = (group: string) => group.toLowerCase();

function Group({ id, title, pages, current }: { id: string; title: string; pages: DocPage[]; current: string }) {
  const links = (
    <ul aria-labelledby={id} className="mt-1.5 grid gap-0.5 border-l border-line">
      {pages.map((p) => <li key={p.href}><a href={p.href} aria-current={p.href === current ? "page" : undefined} className="-ml-px block border-l-2 border-transparent py-1 pl-3 text-ink-muted hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-ink">{p.title}</a></li>)}
    </ul>
  );
  if (title !== "Decisions") return <div><p id={id} className="font-semibold">{title}</p>{links}</div>;
  return <details open={pages.some((p) => p.href === current)}><summary id={id} className="font-semibold">{title}</summary>{links}</details>;
}
