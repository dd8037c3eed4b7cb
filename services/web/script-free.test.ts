import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { THEME_SOURCE } from "@/lib/public-site/theme-source";
import { scriptFreeRoutes, withoutScripts } from "@/services/web/script-free";

test("a page is script-free when the build names no client component of it; what cannot be read keeps its scripts", () => {
  const build = fs.mkdtempSync(path.join(os.tmpdir(), "slipway-build-"));
  const page = (file: string, text: string) => {
    fs.mkdirSync(path.join(build, "server/app", path.dirname(file)), { recursive: true });
    fs.writeFileSync(path.join(build, "server/app", `${file}_client-reference-manifest.js`), text);
  };
  const manifest = (...modules: string[]) => `globalThis.__RSC_MANIFEST = globalThis.__RSC_MANIFEST || {};\nglobalThis.__RSC_MANIFEST["x"] = ${JSON.stringify({ clientModules: Object.fromEntries(modules.map((m) => [m, {}])) })};`;
  const next = "[project]/node_modules/next/dist/esm/client/components/layout-router.js";
  try {
    fs.writeFileSync(path.join(build, "app-path-routes-manifest.json"), JSON.stringify({ "/(marketing)/page": "/", "/(marketing)/docs/[slug]/page": "/docs/[slug]", "/(marketing)/docs/api/page": "/docs/api", "/(marketing)/gone/page": "/gone", "/(marketing)/odd/page": "/odd", "/card/route": "/card" }));
    page("/(marketing)/page", manifest(next, "[project]/node_modules/lucide-react/dist/esm/Icon.mjs"));
    page("/(marketing)/docs/[slug]/page", manifest(next));
    page("/(marketing)/docs/api/page", manifest(next, "[project]/components/docs/api-reference-loader.tsx"));
    page("/(marketing)/odd/page", "globalThis.something();");
    page("/card/route", manifest());
    expect([...scriptFreeRoutes(build)]).toEqual(["/", "/docs/[slug]"]);
  } finally {
    fs.rmSync(build, { recursive: true });
  }
});

test("scripts go, the theme's and structured data stay; a page that streams keeps all", () => {
  const kept = `<script>${THEME_SOURCE}</script><script type="application/ld+json">{"a":1}</script>`;
  const page = (body: string) => `<html><head><link rel="preload" as="script" fetchPriority="low" href="/a.js"/><link rel="preload" href="/f.woff2" as="font"/><script src="/a.js" async=""></script></head><body>${kept}${body}<script id="_R_">go()</script><script>self.__next_f.push([1,"</p>"])</script></body></html>`;
  expect(withoutScripts(page("<p>text</p>"))).toBe(`<html><head><link rel="preload" href="/f.woff2" as="font"/></head><body>${kept}<p>text</p></body></html>`);
  const streams = page('<template id="B:0"></template>');
  expect(withoutScripts(streams)).toBe(streams);
});
