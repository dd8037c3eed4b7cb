import { createHash } from "node:crypto";
import fs from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { PLACEHOLDER_ORIGIN } from "@/lib/public-site/placeholder-origin";
import { scriptFreeRoutes, withoutScripts } from "./script-free";
import { contentSecurityPolicy, hashSources } from "./security-headers";

export type StaticPage = { html: Buffer; br: Buffer; etag: string; policy: string };

/**
 * The pages that the build has made already, by path, with this installation's URL in them and a policy that names each of their inline
 * scripts; where nothing on a page needs one (docs/adr/0018), without React. They hold nothing of anybody: a page that reads a session is never prerendered. What is absent here is Next's to answer.
 */
export function loadStaticPages(buildDir: string, baseUrl: string): Map<string, StaticPage> {
  const manifest = JSON.parse(fs.readFileSync(path.join(buildDir, "prerender-manifest.json"), "utf8")) as { routes: Record<string, { srcRoute: string | null }> };
  const scriptFree = scriptFreeRoutes(buildDir);
  const pages = new Map<string, StaticPage>();
  for (const [route, { srcRoute }] of Object.entries(manifest.routes)) {
    const file = path.join(buildDir, "server/app", `${route === "/" ? "index" : route}.html`);
    if (route.startsWith("/_") || !fs.existsSync(file)) continue;
    const made = fs.readFileSync(file, "utf8").replaceAll(PLACEHOLDER_ORIGIN, baseUrl);
    const html = scriptFree.has(srcRoute ?? route) ? withoutScripts(made) : made;
    const bytes = Buffer.from(html);
    pages.set(route, {
      html: bytes,
      br: brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }),
      etag: `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 27)}"`,
      policy: contentSecurityPolicy(hashSources(inlineScripts(html))),
    });
  }
  return pages;
}

/** Texts of the scripts that a browser would run out of the page itself. Data blocks (structured data) are not run. */
export function inlineScripts(html: string): string[] {
  return [...html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)].filter(([, attributes]) => !/\ssrc=/.test(attributes!) && !/\stype="application\//.test(attributes!)).map(([, , text]) => text!);
}

/** Answers with the page, or says that it is not one of these: React's own requests for a page's data are Next's. */
export function serveStaticPage(pages: Map<string, StaticPage>, request: IncomingMessage, response: ServerResponse): boolean {
  if ((request.method !== "GET" && request.method !== "HEAD") || request.headers.rsc !== undefined || /[?&]_rsc=/.test(request.url ?? "")) return false;
  const page = pages.get((request.url ?? "").split(/[?#]/)[0]!);
  if (!page) return false;
  response.setHeader("content-security-policy", page.policy);
  response.setHeader("cache-control", "public, max-age=0, must-revalidate");
  response.setHeader("etag", page.etag);
  response.setHeader("vary", "accept-encoding, rsc");
  if (request.headers["if-none-match"] === page.etag) {
    response.writeHead(304).end();
    return true;
  }
  const compressed = /\bbr\b/.test(String(request.headers["accept-encoding"] ?? ""));
  const body = compressed ? page.br : page.html;
  response.writeHead(200, { "content-type": "text/html; charset=utf-8", "content-length": body.length, ...(compressed ? { "content-encoding": "br" } : {}) });
  response.end(request.method === "HEAD" ? undefined : body);
  return true;
}
