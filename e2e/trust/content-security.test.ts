import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { apiRoutes, builtRoutes, fill } from "./routes";
import { send, world } from "./world";

const NO_PAGE = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";
const directives = (policy: string) => new Map(policy.split("; ").map((d) => [d.split(" ")[0]!, d.split(" ").slice(1)]));

/** Scripts that a browser would run out of the page itself: with their nonce, by their text. */
function inline(html: string): { nonce: string | undefined; hash: string }[] {
  return [...html.matchAll(/<script\b([^>]*)>([\s\S]*?)<\/script>/g)].filter(([, attributes]) => !/\ssrc=|\stype="application\//.test(attributes!)).map(([, attributes, text]) => ({
    nonce: /\snonce="([^"]+)"/.exec(attributes!)?.[1], hash: `'sha256-${createHash("sha256").update(text!).digest("base64")}'`,
  }));
}

describe("the content security policy", () => {
  it("is on every page that the build serves: each inline script is named by hash or by this answer's nonce, and nothing else runs", { timeout: 120_000 }, async () => {
    const { pages } = builtRoutes(world().buildDir);
    expect(pages.length).toBeGreaterThan(30);
    const nonces = new Set<string>();
    let scripts = 0;
    for (const page of [...pages.map((p) => fill(p)), "/there-is-no-such-page", "/app/harbour/models/no-such-model"]) {
      for (const cookie of [undefined, world().ownerCookie]) {
        const answer = await send(page, { cookie });
        const policy = String(answer.headers["content-security-policy"]);
        // Next's own page for faults is no address: asking for it by name is refused before Next is asked, by a document that is no page.
        if (!String(answer.headers["content-type"] ?? "").startsWith("text/html") && !answer.headers.location) {
          expect([page, answer.status, policy], page).toEqual(["/_global-error", 404, NO_PAGE]);
          continue;
        }
        const said = directives(policy);
        const sources = said.get("script-src") ?? [];
        const nonce = sources.map((s) => /^'nonce-([\w+/=]{22,})'$/.exec(s)?.[1]).find(Boolean);
        expect(sources.filter((s) => !/^'(self|strict-dynamic|nonce-[\w+/=]{22,}|sha256-[\w+/]{43}=)'$/.test(s)), page).toEqual([]);
        expect(sources.includes("'strict-dynamic'"), page).toBe(nonce !== undefined);
        if (nonce) expect(nonces.has(nonce), `${page}: a nonce was used twice`).toBe(false);
        if (nonce) nonces.add(nonce);
        for (const [name, value] of [["object-src", "'none'"], ["base-uri", "'none'"], ["frame-ancestors", "'none'"], ["form-action", "'self'"], ["default-src", "'self'"]]) expect(said.get(name!), page).toEqual([value]);
        for (const script of inline(answer.text)) {
          scripts++;
          expect(sources.includes(script.hash) || (nonce !== undefined && script.nonce === nonce), `${page}: an inline script that the policy does not name`).toBe(true);
        }
        expect(answer.text, page).not.toMatch(/<[a-z][^>]*\son[a-z]+\s*=\s*["']|href="javascript:/i);
      }
    }
    expect(scripts).toBeGreaterThan(pages.length);
  });

  it("of what is no page lets nothing load or run: answers of the API, refusals and files", async () => {
    const gets = apiRoutes().filter((r) => r.method === "GET" && r.path.startsWith("/api/") && !r.path.endsWith("/events"));
    for (const path of [...gets.map((r) => r.path), "/api/v1/nothing", "/api/v1/projects/%ff", "/_error", "/api/auth/nothing"]) {
      expect([path, (await send(path, { token: world().token })).headers["content-security-policy"]]).toEqual([path, NO_PAGE]);
    }
    expect((await send("/", { headers: { host: "evil.example" } })).headers["content-security-policy"]).toBe(NO_PAGE);
    expect((await send("/app", { method: "POST" })).headers["content-security-policy"]).toBe(NO_PAGE);
  });

  it("no answer lets another origin read it, each names its type and the characters of its text, and the source's own files are not served", async () => {
    const gets = apiRoutes().filter((r) => r.method === "GET" && !r.path.endsWith("/events")).map((r) => r.path);
    const nameless: string[] = [];
    for (const path of [...gets, ...builtRoutes(world().buildDir).handlers.filter((h) => !h.startsWith("/api/")).map((h) => fill(h)), "/", "/sign-in", "/app"]) {
      const answer = await send(path, { token: path.startsWith("/api/") ? world().token : undefined, headers: { origin: "https://evil.example" } });
      expect([path, Object.keys(answer.headers).filter((h) => h.startsWith("access-control-"))]).toEqual([path, []]);
      const type = String(answer.headers["content-type"] ?? "");
      if ((answer.text.length > 0 && !type) || (/^text\/|xml/.test(type) && !/charset=utf-8/i.test(type))) nameless.push(`${path}: ${type}`);
    }
    expect(nameless).toEqual([]);
    for (const path of ["/.git/config", "/.git/HEAD", "/.env", "/package.json", "/package-lock.json", "/.next/BUILD_ID", "/_next/../package.json", "/lib/env.ts", "/docs/../package.json"]) {
      const answer = await send(path);
      expect([path, answer.status]).toEqual([path, expect.toSatisfy((s: number) => s === 404 || s === 400 || s === 308)]);
      expect(answer.text, path).not.toMatch(/"dependencies"|\[core\]|ref: refs|SLIPWAY_DATA_DIR:/);
    }
  });

  it("comes with the other headers on pages, the API, refusals and files alike", async () => {
    for (const path of ["/", "/docs", "/app", "/sign-in", "/api/v1/projects", "/api/v1/nothing", "/healthz", "/card", "/contact/send", "/_error", "/_next/static/nothing.js"]) {
      const { headers } = await send(path);
      expect([headers["x-content-type-options"], headers["x-frame-options"], headers["cross-origin-opener-policy"], headers["cross-origin-resource-policy"], headers["x-powered-by"]], path).toEqual(["nosniff", "DENY", "same-origin", "same-origin", undefined]);
      expect(headers["content-security-policy"], path).toContain("frame-ancestors 'none'");
    }
  });
});
