import { addressBehind, isTrusted, type Range } from "@/lib/net/client-address";
import type { IncomingMessage } from "node:http";
import type { Fields } from "./replica-answer";

const HOP_BY_HOP = new Set(["connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade", "expect"]);
// Credentials are the gateway's business; what a replica is told about the caller is written by the gateway alone.
const PRIVATE = new Set(["authorization", "cookie", "host", "forwarded", "x-real-ip"]);
const isPrivate = (name: string) => PRIVATE.has(name) || name.startsWith("x-forwarded-") || name.startsWith("x-slipway-");

const NONE: string[] = [];
/** Headers named by Connection travel one hop only. Most name none. */
const named = (connection: string | undefined) => (connection === undefined || connection === "keep-alive" || connection === "close" ? NONE : connection.toLowerCase().split(",").map((t) => t.trim()));

/** What the replica gets to see of a request's headers, names and values in turn. Whom a caller says to speak for is believed of `proxies` alone. */
export function requestHeaders(req: IncomingMessage, own: Fields, proxies: readonly Range[]): Fields {
  const out: Fields = [];
  const { headers } = req;
  const oneHop = named(headers.connection);
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined || HOP_BY_HOP.has(name) || isPrivate(name) || oneHop.includes(name)) continue;
    if (typeof value === "string") out.push(name, value);
    else for (const one of value) out.push(name, one);
  }
  const socket = req.socket.remoteAddress ?? "";
  const proxied = isTrusted(socket, proxies);
  out.push("x-forwarded-for", proxied ? addressBehind(socket, String(headers["x-forwarded-for"] ?? ""), proxies) : socket);
  out.push("x-forwarded-proto", proxied && headers["x-forwarded-proto"] === "https" ? "https" : "http");
  if (headers.host !== undefined) out.push("x-forwarded-host", headers.host);
  out.push(...own);
  return out;
}

/** What the caller gets to see of an answer's headers, names and values in turn. A browser takes it for what the replica says it is, and for nothing else. */
export function responseHeaders(fields: Fields): Fields {
  const out: Fields = [];
  let at = fields.indexOf("connection");
  while (at % 2 === 1) at = fields.indexOf("connection", at + 1); // that was a value
  const oneHop = at < 0 ? NONE : named(fields[at + 1] as string);
  for (let i = 0; i < fields.length; i += 2) {
    const name = fields[i] as string;
    if (!HOP_BY_HOP.has(name) && !oneHop.includes(name) && name !== "x-content-type-options") out.push(name, fields[i + 1] as string);
  }
  out.push("x-content-type-options", "nosniff");
  return out;
}
