import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { hashOfFiles } from "./hash-of-files";

const OUTPUT = "lib/db/generated";

/** Generates the Prisma client when the schema, or Prisma, has changed since. Returns whether it did. Throws with what Prisma said. */
export function generate(root: string): boolean {
  const hash = hashOfFiles(root, ["prisma/schema", "prisma.config.ts", "node_modules/prisma/package.json"]);
  const marker = path.join(root, OUTPUT, ".schema-hash");
  if (fs.existsSync(marker) && fs.readFileSync(marker, "utf8") === hash) return false;
  const result = spawnSync(process.execPath, [path.join(root, "node_modules/prisma/build/index.js"), "generate"], {
    cwd: root,
    encoding: "utf8",
    // The engine is not needed to generate; naming any program keeps it from being downloaded.
    env: { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: "1", CHECKPOINT_DISABLE: "1", ...process.env },
  });
  if (result.status !== 0) throw new Error(`prisma generate failed:\n${result.stdout}${result.stderr}`);
  fs.writeFileSync(marker, hash);
  return true;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log(generate(path.resolve(import.meta.dirname, "..")) ? "Prisma client: generated" : "Prisma client: unchanged");
}
