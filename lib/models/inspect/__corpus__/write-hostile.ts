import { writeFileSync } from "node:fs";
import path from "node:path";
import { hostileCorpus } from "./hostile";

/** One set as it lies on disk: `stored` is the file's name in the folder, `path` its path in the set. */
export type StoredHostileSet = { name: string; verdict: string; code: string; files: { path: string; stored: string }[] };

/** Run as a program with a folder: writes the corpus and its index.json there. A process of its own, so that building bombs does not hide what reading them costs. */
function writeHostile(folder: string): void {
  let next = 0;
  const index: StoredHostileSet[] = hostileCorpus().map(({ files, ...set }) => ({
    ...set,
    files: Object.entries(files).map(([pathInSet, bytes]) => {
      const stored = String(next++);
      writeFileSync(path.join(folder, stored), bytes);
      return { path: pathInSet, stored };
    }),
  }));
  writeFileSync(path.join(folder, "index.json"), JSON.stringify(index));
}

const folder = process.argv[2];
if (!folder) throw new Error("Needs a folder to write to.");
writeHostile(folder);
