import type { MDXComponents } from "mdx/types";
import { docLink } from "./doc-link";
import { anchorOf } from "./headings";
import { textOf } from "./text-of";

/** How Markdown looks on public pages. `file` is the page's own, below docs/, from where its links count. */
export function proseComponents(file: string): MDXComponents {
  return {
    h1: ({ children }) => <h1 className="text-display-sm font-semibold tracking-tight text-balance sm:text-display">{children}</h1>,
    h2: ({ children }) => <h2 id={anchorOf(textOf(children))} className="mt-12 scroll-mt-6 text-xl font-semibold tracking-tight sm:text-display-sm">{children}</h2>,
    h3: ({ children }) => <h3 id={anchorOf(textOf(children))} className="mt-8 scroll-mt-6 text-lg font-semibold">{children}</h3>,
    p: ({ children }) => <p className="mt-4 text-pretty">{children}</p>,
    ul: ({ children }) => <ul className="mt-4 grid list-disc gap-2 pl-5 marker:text-ink-faint">{children}</ul>,
    ol: ({ children }) => <ol className="mt-4 grid list-decimal gap-2 pl-6 marker:text-ink-faint">{children}</ol>,
    li: ({ children }) => <li className="min-w-0 pl-1 *:first:mt-0">{children}</li>,
    a: ({ href = "", children }) => {
      const to = docLink(href, file);
      return to === null ? <>{children}</> : <a href={to} className="link">{children}</a>;
    },
    blockquote: ({ children }) => <blockquote className="mt-4 border-l-2 border-accent pl-4 text-ink-muted">{children}</blockquote>,
    hr: () => <hr className="mt-10 border-line" />,
    strong: ({ children }) => <strong className="font-semibold">{children}</strong>,
    code: ({ children, className }) => (className ? <code>{children}</code> : <code className="rounded-sm bg-sunken px-1 py-0.5 wrap-anywhere">{children}</code>),
    pre: ({ children }) => <pre tabIndex={0} role="group" aria-label="Code" className="panel mt-4 overflow-x-auto bg-sunken p-4 text-base leading-5 [&_code]:bg-transparent [&_code]:p-0 [&_code]:wrap-normal">{children}</pre>,
    table: ({ children }) => <div tabIndex={0} role="group" aria-label="Table" className="panel mt-4 overflow-x-auto"><table className="w-full text-base">{children}</table></div>,
    th: ({ children }) => <th scope="col" className="border-b border-line bg-sunken px-3 py-2 text-left font-medium whitespace-nowrap text-ink-muted">{children}</th>,
    td: ({ children }) => <td className="min-w-28 border-b border-line px-3 py-2 align-top in-[tr:last-child]:border-b-0">{children}</td>,
    img: () => null,
  };
}
