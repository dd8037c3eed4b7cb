import fs from "node:fs";
import path from "node:path";
import MiniSearch, { type Options } from "minisearch";
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

const OPTIONS: Options<Section> = { fields: ["title", "page", "text"], storeFields: ["id", "page", "title", "text"], searchOptions: { boost: { title: 4, page: 2 }, prefix: true, fuzzy: (term) => (term.length > 4 ? 0.2 : false), combineWith: "AND" } };

/** The index of all sections, made of files alone. `npm run up` makes it with the pages, so that no search waits for it. */
export function makeIndex(): MiniSearch<Section> {
  const made = new MiniSearch<Section>(OPTIONS);
  made.addAll(docSections());
  return made;
}

export const INDEX_FILE = "dist/docs-search.json";
let index: MiniSearch<Section> | undefined;

/** As built; while developing there is no build, and it is made on the spot. */
function readIndex(): MiniSearch<Section> {
  const file = path.join(process.cwd(), INDEX_FILE);
  return fs.existsSync(file) ? MiniSearch.loadJSON<Section>(fs.readFileSync(file, "utf8"), OPTIONS) : makeIndex();
}

/** Sections that answer a query, best first: whole words, beginnings and near misses. */
export function searchDocs(query: string, limit = 20, within: MiniSearch<Section> = (index ??= readIndex())): Section[] {
  const found = within.search(query.slice(0, 200));
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
