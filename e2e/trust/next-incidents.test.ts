import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { apiRoutes, builtRoutes, fill, isPublicPage } from "./routes";
import { send, withoutId, world } from "./world";

const guarded = () => apiRoutes().filter((r) => !r.public);
const privatePages = () => builtRoutes(world().buildDir).pages.filter((p) => !isPublicPage(p)).map((p) => fill(p));

describe("CVE-2025-29927: a header that made Next skip its middleware", () => {
  const FORMS = ["middleware", "src/middleware", "middleware:middleware:middleware:middleware:middleware", "src/middleware:src/middleware:src/middleware:src/middleware:src/middleware", "pages/_middleware"];

  it.each(FORMS)("x-middleware-subrequest: %s changes no answer of any route that asks for a caller", async (form) => {
    for (const route of guarded()) {
      const [plain, forged] = [await send(route.path, { method: route.method }), await send(route.path, { method: route.method, headers: { "x-middleware-subrequest": form } })];
      expect(plain.status, `${route.method} ${route.path}`).toBe(401);
      expect(forged.status, `${route.method} ${route.path}`).toBe(401);
      expect(withoutId(forged.text)).toBe(withoutId(plain.text));
    }
    for (const page of privatePages()) {
      const forged = await send(page, { headers: { "x-middleware-subrequest": form } });
      expect([forged.status, forged.headers.location?.split("?")[0]], page).toEqual([307, "/sign-in"]);
    }
  });
});

describe("CVE-2026-44575, 44574, 44573: pages read past their guard by .rsc, segments, data routes and injected parameters", () => {
  it("the owner's page holds the marker, so that its absence elsewhere means something", async () => {
    const page = await send("/app/harbour/models/vad", { cookie: world().ownerCookie });
    expect(page.status).toBe(200);
    expect(page.text).toContain(world().marker);
  });

  it("no form of any page, and no header of Next's own, shows a stranger what is in it", async () => {
    const build = fs.readFileSync(path.join(world().buildDir, "BUILD_ID"), "utf8").trim();
    const tree = encodeURIComponent(JSON.stringify(["", { children: ["(app)", { children: ["__PAGE__", {}] }] }, null, "refetch"]));
    const forms = (p: string): [string, Record<string, string>][] => [
      [p, {}], [p, { rsc: "1" }], [`${p}?_rsc=1a2b3`, { rsc: "1" }], [`${p}?_rsc=1a2b3`, { rsc: "1", "next-router-prefetch": "1" }], [p, { rsc: "1", "next-router-segment-prefetch": "/_tree" }],
      [p, { rsc: "1", "next-router-state-tree": tree }], [`${p}.rsc`, {}], [`${p}.prefetch.rsc`, {}], [`${p}/index.rsc`, {}], [`${p}.segments/_tree.segment.rsc`, {}], [`${p}.segments/_full.segment.rsc`, { rsc: "1" }],
      [`/_next/data/${build}${p}.json`, { "x-nextjs-data": "1" }], [`${p}?nxtPproject=harbour&nxtPmodel=vad&nxtPdeployment=vad`, {}], [`/en${p}`, {}], [`${p}/`, {}], [`/.${p}`, {}], [`//${p.slice(1)}`, {}], [p.replace("/app", "/%61pp"), {}], [p.replace("/app", "/APP"), {}],
      ["/sign-in", { "x-matched-path": p, "x-invoke-path": p, "x-now-route-matches": "1=harbour" }], ["/", { "x-rewrite-url": p, "x-original-url": p, "x-nextjs-rewritten-path": p }],
    ];
    for (const page of privatePages()) {
      for (const [url, headers] of forms(page)) {
        const answer = await send(url, { headers });
        expect(answer.status, url).toBeLessThan(500);
        expect(answer.text.includes(world().marker), `${url} ${JSON.stringify(headers)}`).toBe(false);
        // A page of the portal that is rendered shows who is signed in; nobody is.
        expect(answer.text.includes("ada@example.com"), url).toBe(false);
      }
    }
  });

  it("nor to a person of another project", async () => {
    for (const url of ["/app/island", "/app/island/models/other", "/app/island/deployments", "/app/settings/users", "/app/settings/audit"]) {
      const [foreign, absent] = [await send(url, { cookie: world().deployerCookie }), await send(url.replace("island", "no-such"), { cookie: world().deployerCookie })];
      expect([foreign.status, absent.status], url).toEqual([404, 404]);
      for (const text of ["island", "ada@example.com"]) expect(foreign.text.replaceAll(url, "").includes(`"${text}"`), `${url}: ${text}`).toBe(false);
    }
  });
});

describe("CVE-2025-55182, CVE-2026-23870: Flight deserialised what strangers sent", () => {
  it("the build holds no server action", () => {
    for (const file of fs.readdirSync(world().buildDir, { recursive: true, encoding: "utf8" }).filter((f) => /server-reference-manifest\.json$/.test(f) && !f.startsWith("cache"))) {
      const manifest = JSON.parse(fs.readFileSync(path.join(world().buildDir, file), "utf8")) as { node: object; edge: object };
      expect([Object.keys(manifest.node), Object.keys(manifest.edge)], file).toEqual([[], []]);
    }
  });

  it("an action request is refused in every shape, runs nothing, and the process lives on", async () => {
    const canary = path.join(world().dataDir, "react2shell-canary");
    const boundary = "x".repeat(20);
    const part = (name: string, value: string) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const chunk = JSON.stringify({ then: "$1:__proto__:then", status: "resolved_model", reason: -1, value: '{"then":"$B1337"}', _response: { _prefix: `require('fs').writeFileSync(${JSON.stringify(canary)},'x');`, _formData: { get: "$1:constructor:constructor" } } });
    const body = `${part("0", chunk)}${part("1", '"$@0"')}${part("2", "[]")}--${boundary}--\r\n`;
    for (const url of ["/", "/sign-in", "/app", "/app/harbour/models/vad", "/api/v1/projects", "/no-such-page"]) {
      for (const action of ["x", "0".repeat(42), "7f".repeat(20), "$ACTION_ID_x"]) {
        for (const type of [`multipart/form-data; boundary=${boundary}`, "text/plain;charset=UTF-8"]) {
          const answer = await send(url, { method: "POST", headers: { "next-action": action, "content-type": type, origin: world().base }, body });
          expect(answer.status, `${url} ${type}`).toBeGreaterThanOrEqual(400);
          expect(answer.status, `${url} ${type}`).toBeLessThan(500);
        }
      }
    }
    expect((await send("/healthz")).status).toBe(200);
    expect(fs.existsSync(canary)).toBe(false);
  });

  it("a JSON body past one megabyte is refused before it is parsed, by its length and by its bytes", async () => {
    const body = Buffer.from(`{"name":"${"a".repeat(1024 * 1024 + 1)}"}`);
    const told = await send("/api/v1/projects", { method: "POST", token: world().token, headers: { "content-type": "application/json" }, body });
    expect(told.status).toBe(413);
    const chunked = await fetch(`${world().base}/api/v1/projects`, { method: "POST", headers: { authorization: `Bearer ${world().token}`, "content-type": "application/json" }, duplex: "half", body: new ReadableStream({ start(c) { c.enqueue(new Uint8Array(body)); c.close(); } }) } as RequestInit);
    expect(chunked.status).toBe(413);
  });
});

describe("CVE-2026-44578: an upgrade with an absolute URI made Next fetch it", () => {
  it("a canary that such requests name sees no connection", async () => {
    let hits = 0;
    const canary = net.createServer((socket) => void (hits++, socket.destroy()));
    const port = await new Promise<number>((resolve) => canary.listen(0, "127.0.0.1", () => resolve((canary.address() as net.AddressInfo).port)));
    try {
      const web = new URL(world().base);
      const targets = [`http://127.0.0.1:${port}/`, `//127.0.0.1:${port}/`, `/\\127.0.0.1:${port}/`, `ws://127.0.0.1:${port}/`, "/app", "/_next/webpack-hmr", `/_next/image?url=${encodeURIComponent(`http://127.0.0.1:${port}/x.png`)}&w=64&q=75`];
      for (const target of targets) {
        for (const upgrade of ["connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n", "connection: close\r\n"]) {
          for (const host of [web.host, `127.0.0.1:${port}`]) {
            const said = await rawRequest(web, `GET ${target} HTTP/1.1\r\nhost: ${host}\r\n${upgrade}\r\n`);
            expect(said, `${target} ${host}`).not.toMatch(/^HTTP\/1\.1 (101|5\d\d)/);
          }
        }
      }
      const connect = await rawRequest(web, `CONNECT 127.0.0.1:${port} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\n\r\n`);
      expect(connect).not.toMatch(/^HTTP\/1\.1 2/);
    } finally {
      canary.close();
    }
    expect(hits).toBe(0);
  });
});

describe("CVE-2025-57822, GHSA-fr5h: a forged Host made the server ask, or redirect to, another host", () => {
  it("a foreign Host is refused on every kind of path, and forwarded ones change nothing", async () => {
    for (const url of ["/", "/app", "/sign-in", "/api/v1/projects", "/healthz", "/api/auth/sign-in/email", "/_next/static/x.js"]) {
      for (const host of ["evil.example", "169.254.169.254", `evil.example:${new URL(world().base).port}`, `127.0.0.1.nip.io:${new URL(world().base).port}`, "127.0.0.1", `${new URL(world().base).host}@evil.example`]) {
        expect((await send(url, { headers: { host } })).status, `${url} ${host}`).toBe(421);
      }
      const plain = await send(url);
      for (const headers of [{ "x-forwarded-host": "evil.example" }, { forwarded: "host=evil.example;proto=https" }, { "x-forwarded-proto": "https", "x-forwarded-host": "evil.example", "x-forwarded-port": "443" }, { "x-host": "evil.example", "x-original-host": "evil.example" }] as Record<string, string>[]) {
        const forged = await send(url, { headers });
        expect([forged.status, forged.headers.location], `${url} ${JSON.stringify(headers)}`).toEqual([plain.status, plain.headers.location]);
        expect(forged.text).not.toContain("evil.example");
      }
    }
  });

  it("links that are sent and documents that name the server use the configured address", async () => {
    const document = await send("/api/v1/openapi.json", { headers: { "x-forwarded-host": "evil.example" } });
    expect((JSON.parse(document.text) as { servers: { url: string }[] }).servers).toEqual([{ url: world().base }]);
  });
});

describe("CVE-2025-62593: a browser was made to call a local service by DNS rebinding", () => {
  it("a name that an attacker points at loopback is answered by neither web nor gateway", async () => {
    for (const base of [world().base, world().gateway]) {
      for (const host of [`rebind.attacker.example:${new URL(base).port}`, "localtest.me", `0.0.0.0:${new URL(base).port}`]) {
        const answer = await send(base === world().gateway ? "/serve/harbour/vad/v2/models/vad" : "/api/v1/projects", { base, token: world().token, headers: { host } });
        expect(answer.status, `${base} ${host}`).toBe(421);
      }
    }
  });

  it("no route changes anything for a caller without credentials, even on loopback", async () => {
    for (const route of guarded().filter((r) => r.method !== "GET")) expect((await send(route.path, { method: route.method, headers: { "content-type": "application/json" }, body: "{}" })).status, `${route.method} ${route.path}`).toBe(401);
    expect((await send("/serve/harbour/vad/v2/models/vad/infer", { base: world().gateway, method: "POST", body: "{}" })).status).toBe(401);
  });
});

/** Sends bytes, returns what came back until the other side closed or stayed silent for a second. */
function rawRequest(to: URL, text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = net.connect(Number(to.port), to.hostname, () => socket.write(text));
    let said = "";
    const end = () => { socket.destroy(); resolve(said); };
    socket.setTimeout(1000, end);
    socket.on("data", (part) => { said += part.toString("latin1"); if (/\r\n\r\n/.test(said)) end(); });
    socket.on("error", end);
    socket.on("close", () => resolve(said));
  });
}
