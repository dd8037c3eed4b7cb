import fs from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";

const TYPES: Record<string, string> = { ".js": "application/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".json": "application/json; charset=utf-8", ".svg": "image/svg+xml" };
type Compressed = { file: string; type: string; bytes: number };

/** Scripts and styles that the build has compressed (scripts/compress-static.ts), by the path they are asked for at. Their names change with their content. */
export function loadStaticFiles(dir: string): Map<string, Compressed> {
  const files = new Map<string, Compressed>();
  if (!fs.existsSync(dir)) return files;
  for (const name of fs.readdirSync(dir, { recursive: true, encoding: "utf8" })) {
    const type = TYPES[path.extname(name.replace(/\.br$/, ""))];
    if (!name.endsWith(".br") || !type) continue;
    const file = path.join(dir, name);
    files.set(`/_next/static/${name.slice(0, -3).split(path.sep).join("/")}`, { file, type, bytes: fs.statSync(file).size });
  }
  return files;
}

/** Answers with the compressed file where the caller takes it. Only names that are in the map lead to a file. */
export function serveStaticFile(files: Map<string, Compressed>, request: IncomingMessage, response: ServerResponse): boolean {
  if (request.method !== "GET" || !/\bbr\b/.test(String(request.headers["accept-encoding"] ?? ""))) return false;
  const found = files.get(decodeURIComponent((request.url ?? "").split(/[?#]/)[0]!));
  if (!found) return false;
  response.writeHead(200, { "content-type": found.type, "content-length": found.bytes, "content-encoding": "br", vary: "accept-encoding", "cache-control": "public, max-age=31536000, immutable" });
  fs.createReadStream(found.file).once("error", () => response.destroy()).pipe(response);
  return true;
}
