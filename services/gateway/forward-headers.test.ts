import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { parseProxies } from "@/lib/net/client-address";
import { requestHeaders as requestFields, responseHeaders } from "./forward-headers";
import type { Fields } from "./replica-answer";

const request = (remoteAddress: string, headers: Record<string, string>) => ({ headers, socket: { remoteAddress } }) as unknown as IncomingMessage;
const requestHeaders = (...args: Parameters<typeof requestFields>) => byName(requestFields(...args));
const byName = (fields: Fields) => Object.fromEntries(fields.flatMap((name, i) => (i % 2 === 0 ? [[name, fields[i + 1]]] : []))) as Record<string, string>;
const proxies = parseProxies("10.0.0.0/8, 192.0.2.7");

describe("what a replica is told about the caller", () => {
  it("is the socket's address, whatever a caller that is no proxy of ours claims", () => {
    const told = requestHeaders(request("203.0.113.5", { "x-forwarded-for": "198.51.100.1", "x-forwarded-proto": "https" }), [], proxies);
    expect(told).toMatchObject({ "x-forwarded-for": "203.0.113.5", "x-forwarded-proto": "http" });
  });
  it("is what a trusted proxy says: the last address that is not a proxy itself, and whether it spoke TLS", () => {
    const told = requestHeaders(request("10.1.2.3", { "x-forwarded-for": "6.6.6.6, 198.51.100.1, 192.0.2.7", "x-forwarded-proto": "https" }), [], proxies);
    expect(told).toMatchObject({ "x-forwarded-for": "198.51.100.1", "x-forwarded-proto": "https" });
  });
  it("is the socket's address where no proxy is trusted", () => {
    expect(requestHeaders(request("10.1.2.3", { "x-forwarded-for": "198.51.100.1" }), [], [])["x-forwarded-for"]).toBe("10.1.2.3");
  });
  it("never holds a credential, nor a header under our own name", () => {
    const told = requestHeaders(request("10.1.2.3", { authorization: "Bearer x", cookie: "a=b", "x-slipway-access": "y", accept: "*/*" }), ["x-own", "1"], proxies);
    expect(Object.keys(told).sort()).toEqual(["accept", "x-forwarded-for", "x-forwarded-proto", "x-own"]);
  });
});

it("an answer keeps its own headers, not those of one hop, and no browser guesses its kind", () => {
  const answered = ["content-type", "application/json", "x-model", "m", "set-cookie", "a=1", "set-cookie", "b=2", "connection", "X-Hop", "x-hop", "1", "keep-alive", "timeout=5", "x-content-type-options", "sniff"];
  expect(responseHeaders(answered)).toEqual(["content-type", "application/json", "x-model", "m", "set-cookie", "a=1", "set-cookie", "b=2", "x-content-type-options", "nosniff"]);
});

it("a value that reads like the name of a header is none", () => {
  expect(responseHeaders(["vary", "connection", "content-type", "application/json", "connection", "x-own-hop", "x-own-hop", "1"])).toEqual(["vary", "connection", "content-type", "application/json", "x-content-type-options", "nosniff"]);
});
