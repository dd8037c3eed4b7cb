import http from "node:http";
import net, { type AddressInfo } from "node:net";
import { Agent, getGlobalDispatcher, setGlobalDispatcher } from "undici";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { guardGlobalFetch } from "@/lib/net/guard-global-fetch";
import type { Lookup } from "@/lib/net/guarded-connector";
import { CORPUS_NAMES, SSRF_CORPUS } from "@/lib/net/ssrf-corpus";

let hits = 0;
let canary: net.Server;
let named: http.Server;
let canaryPort = 0;
let namedPort = 0;
const listen = (server: net.Server) => new Promise<number>((resolve) => server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)));
const lookup: Lookup = async (name) => (CORPUS_NAMES[name] ?? (name === "idp.test" ? ["127.0.0.1"] : name === "metadata.test" ? ["169.254.169.254"] : [])).map((address) => ({ address, family: net.isIP(address) }));

beforeAll(async () => {
  canary = net.createServer((socket) => { hits++; socket.destroy(); });
  canaryPort = await listen(canary);
  named = http.createServer((request, response) => {
    const to = new URL(request.url!, "http://x").searchParams.get("to");
    return to ? void response.writeHead(302, { location: Buffer.from(to).toString("latin1") }).end() : void response.end("discovery");
  });
  namedPort = await listen(named);
  guardGlobalFetch([`http://idp.test:${namedPort}/realms/x`, `http://metadata.test:${canaryPort}/`], lookup);
});
afterAll(() => {
  void getGlobalDispatcher().close();
  setGlobalDispatcher(new Agent());
  canary.close();
  named.closeAllConnections();
  named.close();
});

describe("every fetch of a process that is guarded", () => {
  it("reaches what the operator named, though it is private and plain http", async () => {
    expect(await (await fetch(`http://idp.test:${namedPort}/.well-known/openid-configuration`)).text()).toBe("discovery");
  });

  // data: is answered without a connection, so there is nothing to hit.
  it.each(SSRF_CORPUS.filter((url) => !url.startsWith("data:")))("does not connect to %s, neither asked for nor redirected to", async (template) => {
    const url = template.replaceAll("CANARY", String(canaryPort));
    await expect(fetch(url, { signal: AbortSignal.timeout(5000) })).rejects.toThrow();
    if (!url.startsWith("http:/127")) await expect(fetch(`http://idp.test:${namedPort}/?to=${encodeURIComponent(url)}`, { signal: AbortSignal.timeout(5000) }).then((r) => { if (r.url.startsWith(`http://idp.test:${namedPort}/`)) throw new Error("stayed on the named host"); })).rejects.toThrow();
    expect(hits).toBe(0);
  });

  it("does not reach a metadata service even where the operator named it, nor another port of a named host", async () => {
    await expect(fetch(`http://metadata.test:${canaryPort}/`)).rejects.toThrow();
    await expect(fetch(`http://idp.test:${canaryPort}/`)).rejects.toThrow();
    expect(hits).toBe(0);
  });
});
