import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

const PASSED_OVER = /(^|\/)(generated|node_modules|\.[^/]*)$|\.test\.tsx?$/;

/** sha256 over the names and bytes of files and folders below `root`; what is absent counts as absent. Tests do not count. */
export function hashOfFiles(root: string, entries: string[]): string {
  const hash = createHash("sha256");
  const visit = (relative: string) => {
    const full = path.join(root, relative);
    const stat = fs.statSync(full, { throwIfNoEntry: false });
    if (stat?.isDirectory()) {
      for (const name of fs.readdirSync(full).sort()) if (!PASSED_OVER.test(name)) visit(`${relative}/${name}`);
    } else {
      const bytes = stat ? fs.readFileSync(full) : null;
      hash.update(`${relative}\0${bytes?.length ?? -1}\0`);
      if (bytes) hash.update(bytes);
    }
  };
  for (const entry of entries) visit(entry);
  return hash.digest("hex");
}
