import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync } from "node:zlib";
import { withoutScripts } from "@/services/web/script-free";

type Kept = { status: number; headers: Record<string, string>; body: Buffer };
const KEPT = ["content-type", "content-encoding", "cache-control"];

/** A page as plain files: its HTML without scripts and all that it names, taken once from Slipway and served out of memory by a bare server. */
export async function servePlain(from: string, path: string): Promise<{ base: string; close: () => void }> {
  const kept = new Map<string, Kept>();
  const keep = async (name: string) => void kept.set(name, await read(from + name));
  await keep(path);
  const page = kept.get(path)!;
  const html = withoutScripts(page.body.toString("utf8"));
  page.body = Buffer.from(html);
  const named = new Set([...html.matchAll(/(?:src|href|srcset)="(\/[^"#?]+\.\w+)"/gi)].map((m) => m[1]!));
  for (const sheet of [...named].filter((n) => n.endsWith(".css"))) {
    const css = (await read(from + sheet)).body.toString("utf8");
    // Fonts, which the page itself names only in part.
    for (const [, url] of css.matchAll(/url\(["']?([^"')]+)/g)) if (!url!.startsWith("data:")) named.add(new URL(url!, `http://x${sheet}`).pathname);
  }
  for (const name of named) await keep(name);
  for (const file of kept.values()) if (/^text\/|javascript|svg/.test(file.headers["content-type"] ?? "")) Object.assign(file, { body: brotliCompressSync(file.body), headers: { ...file.headers, "content-encoding": "br" } });
  const server = createServer((request, response) => {
    const file = kept.get((request.url ?? "").split("?")[0]!);
    response.writeHead(file?.status ?? 404, { ...file?.headers, "content-length": file?.body.length ?? 0 }).end(file?.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => { server.closeAllConnections(); server.close(); } };
}

async function read(url: string): Promise<Kept> {
  const answer = await fetch(url, { headers: { "accept-encoding": "identity" } });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return { status: 200, headers: Object.fromEntries(KEPT.flatMap((h) => { const value = answer.headers.get(h); return value && h !== "content-encoding" ? [[h, value]] : []; })), body: Buffer.from(await answer.arrayBuffer()) };
}
