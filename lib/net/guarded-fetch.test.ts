import http from "node:http";
import net, { type AddressInfo } from "node:net";
import zlib from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { guardedFetch, readBody } from "@/lib/net/guarded-fetch";
import type { Lookup } from "@/lib/net/guarded-connector";
import { CORPUS_NAMES, SSRF_CORPUS } from "@/lib/net/ssrf-corpus";
import type { AddressPolicy } from "@/lib/net/vet-address";

let hits = 0;
let canaryPort = 0;
let canaries: net.Server[] = [];
let site: http.Server;
let sitePort = 0;
let seen: http.IncomingMessage[] = [];

const listen = (server: net.Server, port: number, host: string) =>
  new Promise<number>((resolve, reject) => server.once("error", reject).listen(port, host, () => resolve((server.address() as AddressInfo).port)));

const canary = () => net.createServer((socket) => {
  hits++;
  socket.on("error", () => undefined).end("HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nsecret");
});

beforeAll(async () => {
  const v4 = canary();
  canaryPort = await listen(v4, 0, "127.0.0.1");
  const v6 = canary();
  canaries = [v4, v6];
  await listen(v6, canaryPort, "::1").catch(() => undefined); // a machine without IPv6 has nothing to hit there
  site = http.createServer((request, response) => {
    seen.push(request);
    const url = new URL(request.url ?? "/", "http://site");
    const to = url.searchParams.get("to");
    if (to) return void response.writeHead(Number(url.searchParams.get("status") ?? 302), { location: Buffer.from(to, "utf8").toString("latin1") }).end("moved");
    if (url.pathname === "/loop") return void response.writeHead(302, { location: "/loop" }).end();
    if (url.pathname === "/bomb") return void response.writeHead(200, { "content-encoding": "gzip" }).end(zlib.gzipSync(Buffer.alloc(50_000_000)));
    if (url.pathname === "/gzip") return void response.writeHead(200, { "content-encoding": "gzip" }).end(zlib.gzipSync("packed"));
    if (url.pathname === "/silent") return;
    response.end(`hello ${request.method}`);
  });
  sitePort = await listen(site, 0, "127.0.0.1");
});
beforeEach(() => {
  hits = 0;
  seen = [];
});
afterAll(() => {
  for (const server of canaries) server.close();
  site.closeAllConnections();
  site.close();
});

const corpusLookup: Lookup = async (hostname) => {
  const addresses = CORPUS_NAMES[hostname];
  if (!addresses) throw Object.assign(new Error(`no such name ${hostname}`), { code: "ENOTFOUND" });
  return addresses.map((address) => ({ address, family: net.isIP(address) }));
};
const codeOf = (promise: Promise<unknown>) => promise.then(() => "answered", (e: unknown) => (e instanceof AppError ? e.code : `unexpected ${String(e)}`));
const siteOnly = (): AddressPolicy => ({ allow: [{ cidr: "127.0.0.1/32", ports: [sitePort], http: true }] });

describe("guardedFetch", () => {
  it("has a corpus of at least 60 URLs", () => {
    expect(new Set(SSRF_CORPUS).size).toBeGreaterThanOrEqual(60);
  });

  it.each(SSRF_CORPUS)("never connects to %s, whatever schemes and ports are open to the public", async (template) => {
    const url = template.replaceAll("CANARY", String(canaryPort));
    const open: AddressPolicy = { publicHttp: true, publicPorts: [80, 443, canaryPort] };
    for (const allow of [{}, open, siteOnly()]) {
      expect(["blocked_address", "invalid_request"]).toContain(await codeOf(guardedFetch(url, { allow, lookup: corpusLookup, timeoutMs: 2000 })));
    }
    expect(hits).toBe(0);
  });

  // Against an http base the URL standard reads "http:/x" as a path on the same host: it cannot leave the allowed one.
  const leavingTheHost = SSRF_CORPUS.filter((url) => !url.startsWith("http:/127"));
  it.each(leavingTheHost)("follows no redirect from an allowed host to %s", async (template) => {
    const to = template.replaceAll("CANARY", String(canaryPort));
    const url = `http://127.0.0.1:${sitePort}/?to=${encodeURIComponent(to)}`;
    expect(["blocked_address", "invalid_request", "bad_gateway"]).toContain(await codeOf(guardedFetch(url, { allow: siteOnly(), lookup: corpusLookup, timeoutMs: 2000 })));
    expect(hits).toBe(0);
    expect(seen).toHaveLength(1);
  });

  it("reaches a host that the instance allows, and says which address answered", async () => {
    const response = await guardedFetch(`http://127.0.0.1:${sitePort}/x?y=1`, { allow: siteOnly() });
    expect([response.status, response.address, (await readBody(response)).toString()]).toEqual([200, "127.0.0.1", "hello GET"]);
  });

  it("asks the resolver once a hop: a name that turns to loopback on the second answer is still connected to the first", async () => {
    let asked = 0;
    const alternating: Lookup = async () => [{ address: asked++ % 2 ? "127.0.0.1" : "127.0.0.77", family: 4 }];
    const allow: AddressPolicy = { allow: [{ cidr: "127.0.0.77/32", http: true }] };
    for (let round = 0; round < 10; round++) {
      asked = 0;
      const url = `http://rebind.names.test:${canaryPort}/`;
      expect(await codeOf(guardedFetch(url, { allow, lookup: alternating, timeoutMs: 2000 }))).not.toBe("answered");
      expect(asked).toBe(1);
      expect(await codeOf(guardedFetch(url, { allow, lookup: alternating, timeoutMs: 2000 }))).toBe("blocked_address");
    }
    expect(hits).toBe(0);
  });

  it("checks every hop of a chain, and gives up after three redirects", async () => {
    const hop = (to: string) => `http://127.0.0.1:${sitePort}/?to=${encodeURIComponent(to)}`;
    const chain = hop(hop(`http://127.0.0.1:${canaryPort}/`));
    expect(await codeOf(guardedFetch(chain, { allow: siteOnly() }))).toBe("blocked_address");
    expect(hits).toBe(0);
    seen = [];
    expect(await codeOf(guardedFetch(`http://127.0.0.1:${sitePort}/loop`, { allow: siteOnly() }))).toBe("bad_gateway");
    expect(seen).toHaveLength(4);
  });

  it("does not carry a token to another origin", async () => {
    const allow: AddressPolicy = { allow: [{ cidr: "127.0.0.0/8", http: true }] };
    const to = `http://127.0.0.2:${sitePort}/`;
    await guardedFetch(`http://127.0.0.1:${sitePort}/?to=${encodeURIComponent(to)}`, { allow, headers: { Authorization: "Bearer t" } }).then((r) => r.body.destroy(), () => undefined);
    const other = http.createServer((request, response) => { seen.push(request); response.end("ok"); });
    const otherPort = await listen(other, 0, "127.0.0.1");
    seen = [];
    const response = await guardedFetch(`http://127.0.0.1:${sitePort}/?to=${encodeURIComponent(`http://127.0.0.1:${otherPort}/`)}`, { allow, headers: { Authorization: "Bearer t" } });
    response.body.destroy();
    other.closeAllConnections();
    other.close();
    expect(seen.map((r) => r.headers.authorization)).toEqual(["Bearer t", undefined]);
  });

  it("does not tell what a name leads to inside the network, except where a platform person's own check decides", async () => {
    const refusal = (options: Parameters<typeof guardedFetch>[1]) => guardedFetch("https://internal.names.test/", { lookup: corpusLookup, ...options }).then(() => "answered", (e: Error) => e.message);
    expect(await refusal({})).toMatch(/^internal\.names\.test is not public \(private\)\. /);
    expect(await refusal({ allow: { check: () => "is refused", rule: "A rule." } })).toBe("internal.names.test (10.1.2.3) is refused. A rule.");
  });

  it("refuses plain http to an address that is allowed by https only", async () => {
    const allow: AddressPolicy = { allow: [{ cidr: "127.0.0.1/32", ports: [sitePort] }] };
    expect(await codeOf(guardedFetch(`http://127.0.0.1:${sitePort}/`, { allow }))).toBe("blocked_address");
    expect(seen).toHaveLength(0);
  });

  it("decodes a packed answer, and stops a bomb at the limit", async () => {
    const small = await guardedFetch(`http://127.0.0.1:${sitePort}/gzip`, { allow: siteOnly() });
    expect((await readBody(small)).toString()).toBe("packed");
    const bomb = await guardedFetch(`http://127.0.0.1:${sitePort}/bomb`, { allow: siteOnly(), maxBytes: 100_000 });
    let read = 0;
    const reading = (async () => { for await (const chunk of bomb.body) read += (chunk as Buffer).length; })();
    expect(await codeOf(reading)).toBe("too_large");
    expect(read).toBeLessThanOrEqual(100_000);
  });

  it("gives up on a server that stays silent", async () => {
    await expect(guardedFetch(`http://127.0.0.1:${sitePort}/silent`, { allow: siteOnly(), timeoutMs: 300 })).rejects.toMatchObject({ code: "bad_gateway", message: expect.stringContaining("in time") });
  });

  it("reports a name that does not resolve as unreachable, in words", async () => {
    await expect(guardedFetch("https://nothing.names.test/", { lookup: corpusLookup })).rejects.toMatchObject({ code: "bad_gateway", message: expect.stringContaining("nothing.names.test") });
  });
});
