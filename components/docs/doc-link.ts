/**
 * Where a link of a Markdown page leads in the app; null where the app has no such page (a file of the source). `file`: of the page it
 * stands on, below docs/.
 */
export function docLink(href: string, file: string): string | null {
  if (/^(https?:|mailto:|#|\/)/.test(href)) return href;
  const [target, anchor] = href.split("#") as [string, string | undefined];
  const joined = new URL(target, `https://docs.invalid/docs/${file}`).pathname.replace(/^\/docs\//, "");
  const hash = anchor ? `#${anchor}` : "";
  if (joined === "adr" || joined === "adr/") return "/docs/decisions";
  if (joined.startsWith("adr/")) return `/docs/decisions/${joined.slice(4).replace(/\.md$/, "")}${hash}`;
  if (!/^[\w-]+\.md$/.test(joined)) return null;
  const slug = joined.replace(/\.md$/, "");
  return `${slug === "quick-start" ? "/docs" : `/docs/${slug}`}${hash}`;
}
