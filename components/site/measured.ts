import fs from "node:fs";
import path from "node:path";

export type Figure = { value: string; what: string; href: string };

/** Figures for the start page, read out of the pages that the bench and the proofs write: none is typed in here. A row that is gone shows nothing. */
export function measuredFigures(root = process.cwd()): Figure[] {
  const benchmarks = read(root, "benchmarks");
  const proofs = read(root, "proofs");
  // A part counts when its last run held.
  const held = (part: string) => { const row = proofs.get(`\`${part}\``); return row?.[2] === "held" ? row[1] : undefined; };
  return [
    figure(benchmarks.get("predict, tiny model: p50 added by the gateway")?.[0], "added to a tiny model’s p50 by the gateway; large bodies cost more, see the OCR study", "/docs/benchmarks"),
    figure(rest(benchmarks, "deploy request to first prediction")?.match(/deploy ([\d.]+ \w+)/)?.[1], "from the deploy request to the first prediction, for a tiny model on one machine", "/docs/benchmarks"),
    figure(held("races")?.match(/^(\d+) races/)?.[1]?.replace(/\B(?=(\d{3})+$)/g, ","), "races of the same request, each with one effect", "/docs/proofs"),
    figure(held("uploads")?.match(/^(\d+) uploads/)?.[1], "uploads cut at random bytes, all resumed to the same digest", "/docs/proofs"),
  ].filter((f) => f !== null);
}

const figure = (value: string | undefined, what: string, href: string): Figure | null => (value ? { value, what, href } : null);

/** The rows of a page's table: first cell to the others. */
function read(root: string, name: string): Map<string, string[]> {
  const rows = fs.readFileSync(path.join(root, "docs", `${name}.md`), "utf8").split("\n").filter((line) => line.startsWith("| "));
  return new Map(rows.map((line) => { const [first, ...others] = line.split("|").slice(1, -1).map((c) => c.trim()); return [first!, others]; }));
}

const rest = (rows: Map<string, string[]>, start: string) => [...rows].find(([name]) => name.startsWith(start))?.[1].join(" ");
