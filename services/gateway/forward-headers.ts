import { addressBehind, isTrusted, type Range } from "@/lib/net/client-address";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

const HOP_BY_HOP = new Set(["connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade", "expect"]);
// Credentials are the gateway's business; what a replica is told about the caller is written by the gateway alone.
const PRIVATE = /^(authorization|cookie|host|forwarded|x-forwarded-.*|x-real-ip|x-slipway-.*)$/;

/** Headers named by Connection travel one hop only. */
const named = (headers: IncomingHttpHeaders) => (headers.connection ?? "").toLowerCase().split(",").map((t) => t.trim());

/** What the replica gets to see of a request's headers. Whom a caller says to speak for is believed of `proxies` alone. */
export function requestHeaders(req: IncomingMessage, ownHeaders: Record<string, string>, proxies: readonly Range[]): Record<string, string | string[]> {
  const out: Record<string, string | string[]> = {};
  const oneHop = named(req.headers);
  for (const [name, value] of Object.entries(req.headers)) {
    if (value === undefined || HOP_BY_HOP.has(name) || PRIVATE.test(name) || oneHop.includes(name)) continue;
    out[name] = value;
  }
  const socket = req.socket.remoteAddress ?? "";
  const proxied = isTrusted(socket, proxies);
  out["x-forwarded-for"] = proxied ? addressBehind(socket, String(req.headers["x-forwarded-for"] ?? ""), proxies) : socket;
  out["x-forwarded-proto"] = proxied && req.headers["x-forwarded-proto"] === "https" ? "https" : "http";
  if (req.headers.host !== undefined) out["x-forwarded-host"] = req.headers.host;
  return Object.assign(out, ownHeaders);
}

/** What the caller gets to see of an answer's headers. A browser takes it for what the replica says it is, and for nothing else. */
export function responseHeaders(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const out: Record<string, string | string[]> = {};
  const oneHop = named(headers);
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !HOP_BY_HOP.has(name) && !oneHop.includes(name)) out[name] = value;
  }
  out["x-content-type-options"] = "nosniff";
  return out;
}
