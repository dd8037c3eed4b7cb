import fs from "node:fs";
import path from "node:path";
import { plain, withoutCode } from "./headings";

/** The order of the documentation. What lies in docs/ and is named nowhere here comes last. */
const GROUPS: [string, string[]][] = [
  ["Start", ["quick-start", "concepts", "first-cluster", "connect-eks"]],
  ["Use", ["profiles", "deploy-by-api", "cost-model", "observability", "alerts", "load-tests"]],
  ["Run", ["security", "operations", "kubernetes", "leads", "architecture"]],
  ["Evidence", ["benchmarks", "proofs", "immunity", "asvs"]],
];
const FIXED = [{ slug: "api", href: "/docs/api", title: "API reference" }, { slug: "problems", href: "/docs/problems", title: "Problems" }];

export type DocPage = { slug: string; href: string; title: string; group: string; file: string | null };

const root = () => path.join(process.cwd(), "docs");
export const sourceOf = (page: DocPage) => (page.file ? fs.readFileSync(path.join(root(), page.file), "utf8") : "");
const titleOf = (file: string) => plain(/^# (.+)$/m.exec(fs.readFileSync(path.join(root(), file), "utf8"))?.[1] ?? file);

/** Every page of the documentation in reading order, decisions last. */
export function docPages(): DocPage[] {
  const files = new Set(fs.readdirSync(root()).filter((name) => name.endsWith(".md")).map((name) => name.slice(0, -3)));
  const page = (group: string, slug: string): DocPage => ({ slug, href: slug === "quick-start" ? "/docs" : `/docs/${slug}`, title: titleOf(`${slug}.md`), group, file: `${slug}.md` });
  const named = GROUPS.flatMap(([group, slugs]) => [
    ...slugs.filter((slug) => files.delete(slug)).map((slug) => page(group, slug)),
    ...(group === "Use" ? FIXED.map((f) => ({ ...f, group, file: null })) : []),
  ]);
  const decisions = fs.readdirSync(path.join(root(), "adr")).filter((name) => name.endsWith(".md")).sort();
  return [
    ...named,
    ...[...files].sort().map((slug) => page("More", slug)),
    ...decisions.map((name) => ({ slug: name.slice(0, -3), href: `/docs/decisions/${name.slice(0, -3)}`, title: titleOf(`adr/${name}`), group: "Decisions", file: `adr/${name}` })),
  ];
}

/** The first paragraph, for search engines. */
export function descriptionOf(source: string): string {
  const paragraph = withoutCode(source).split(/\n{2,}/).find((p) => /^[A-Z*`[]/.test(p)) ?? "";
  const text = plain(paragraph.replace(/\s+/g, " "));
  return text.length > 180 ? `${text.slice(0, text.lastIndexOf(" ", 177))} …` : text;
}
