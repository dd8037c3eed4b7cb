import fs from "node:fs";
import path from "node:path";

export type DocBlock = { file: string; line: number; language: string; code: string; /** What is missing here to run it, from its first line; null: it runs. */ needs: string | null };

/** Pure: every fenced block of a page. */
export function blocksOf(file: string, text: string): DocBlock[] {
  return [...text.matchAll(/^ *```([\w-]*)[^\n]*\n([\s\S]*?)^ *```$/gm)].map((m) => ({
    file, line: text.slice(0, m.index).split("\n").length, language: m[1]!, code: m[2]!, needs: /^# needs: (.+)$/m.exec(m[2]!.split("\n")[0]!)?.[1] ?? null,
  }));
}

/** Every block of the documentation, the decisions, the case studies and what a reader of the repository sees first. A new page is found by itself. */
export function docBlocks(root: string): DocBlock[] {
  const pages = ["README.md", "docs/**/*.md", "content/**/*.mdx", "examples/*/README.md", "deploy/**/*.md"].flatMap((pattern) => fs.globSync(pattern, { cwd: root })).sort();
  return pages.flatMap((file) => blocksOf(file, fs.readFileSync(path.join(root, file), "utf8")));
}

/** The rig has done these: it starts Slipway by the same command, and `npm test` is what runs the test. */
export const isStart = (block: DocBlock): boolean => block.language === "bash" && /^(SLIPWAY_BOOTSTRAP_TOKEN=\S+ )?npm (run up|test)\b/m.test(block.code);
