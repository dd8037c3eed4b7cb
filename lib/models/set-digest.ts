import { createHash } from "node:crypto";

/** Identity of a set of files: SHA-256 of its list sorted by path, a line each: sha256, size, path. */
export function setDigest(files: { path: string; sizeBytes: number; sha256: string }[]): string {
  const lines = [...files].sort((a, b) => (a.path < b.path ? -1 : 1)).map((f) => `${f.sha256} ${f.sizeBytes} ${f.path}\n`);
  return `sha256:${createHash("sha256").update(lines.join("")).digest("hex")}`;
}
