import fs from "node:fs";
import type { Outcome, Part } from "./part";

const ROW = /^\| `([a-z0-9-]+)` \|/;
const HEAD = `# Proofs

Written by \`npm run prove\`. A part's row is of its last run: \`npm run prove -- --only NAME\` writes that row anew and leaves the others.
Counts and seeds are those the suite counted itself. A part that was never run is not here.

| part | what it shows | cases | outcome | time | date | commit |
| --- | --- | --- | --- | --- | --- | --- |
`;

/** Puts the rows of this run into the file, in the order of the parts; rows of parts that are no more go. What somebody wrote below the table stays. */
export function writeProofs(file: string, parts: readonly Part[], outcomes: Map<string, Outcome>, stamp: { date: string; commit: string }): void {
  const lines = (fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "").split("\n");
  const below = lines.slice(lines.findLastIndex((line) => line.startsWith("|")) + 1).join("\n").trim();
  const before = new Map(lines.flatMap((line) => {
    const name = ROW.exec(line)?.[1];
    return name ? [[name, line] as const] : [];
  }));
  const rows = parts.flatMap((part) => {
    const o = outcomes.get(part.name);
    if (!o) return before.get(part.name) ?? [];
    return `| \`${part.name}\` | ${part.claim} | ${o.cases.join("; ") || "as in CI"} | ${o.outcome} | ${o.seconds.toFixed(1)} s | ${stamp.date} | ${stamp.commit} |`;
  });
  fs.writeFileSync(file, `${HEAD}${rows.join("\n")}\n${below === "" || before.size === 0 ? "" : `\n${below}\n`}`);
}
