import fs from "node:fs";
import path from "node:path";

export const studySource = (slug: string) => fs.readFileSync(path.join(process.cwd(), "content/case-studies", `${slug}.mdx`), "utf8");

/** Minutes at 220 words each, at least one. Imports and components are not read. */
export function readingMinutes(source: string): number {
  const words = source.replace(/^import .*$/gm, "").replace(/<[^>]+>/g, "").split(/\s+/).filter(Boolean).length;
  return Math.max(1, Math.round(words / 220));
}
