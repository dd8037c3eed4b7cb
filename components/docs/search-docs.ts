import MiniSearch from "minisearch";
import { PROBLEM_WORDS } from "./problem-words";
import { docPages, sourceOf } from "./doc-pages";
import { anchorOf, plain } from "./headings";

export type Section = { id: string; page: string; title: string; text: string };

/** Every section of the documentation: a heading, its words, and where it is. */
export function docSections(): Section[] {
  const written = docPages().filter((p) => p.file).flatMap((page) => sourceOf(page).split(/^(?=#{1,3} )/m).flatMap((part) => {
    const heading = /^(#{1,3}) (.+)$/m.exec(part);
    if (!heading) return [];
    const title = plain(heading[2]!);
    return [{ id: heading[1] === "#" ? page.href : `${page.href}#${anchorOf(heading[2]!)}`, page: page.title, title, text: plain(part.slice(heading[0].length)).replace(/[|\s]+/g, " ").trim() }];
  }));
  const problems = Object.entries(PROBLEM_WORDS).map(([code, words]) => ({ id: `/docs/problems#${code}`, page: "Problems", title: code, text: plain(`${words.meaning} ${words.remedy}`) }));
  return [...new Map([...written, ...problems].map((s) => [s.id, s])).values()];
}

let index: MiniSearch<Section> | undefined;

/** Sections that answer a query, best first: whole words, beginnings and near misses. The index is made once a process, of files alone. */
export function searchDocs(query: string, limit = 20): Section[] {
  if (!index) {
    index = new MiniSearch<Section>({ fields: ["title", "page", "text"], storeFields: ["id", "page", "title", "text"], searchOptions: { boost: { title: 4, page: 2 }, prefix: true, fuzzy: (term) => (term.length > 4 ? 0.2 : false), combineWith: "AND" } });
    index.addAll(docSections());
  }
  const found = index.search(query.slice(0, 200));
  return found.slice(0, limit).map(({ id, page, title, text }) => ({ id: String(id), page: String(page), title: String(title), text: String(text) }));
}

/** The part of a text around the first word of the query that is in it. */
export function excerpt(text: string, query: string, around = 90): string {
  const words = query.toLowerCase().split(/\s+/).filter((w) => w.length > 2);
  const at = words.map((w) => text.toLowerCase().indexOf(w)).filter((i) => i >= 0).sort((a, b) => a - b)[0] ?? 0;
  const from = at > around ? text.lastIndexOf(" ", at - around / 2) + 1 : 0;
  const cut = text.slice(from, from + around * 2);
  return `${from > 0 ? "… " : ""}${cut}${from + around * 2 < text.length ? " …" : ""}`;
}
