import type { Readable } from "node:stream";
import type { ConnectionOptions } from "node:tls";
import { Client } from "undici";
import { AppError } from "@/lib/errors";
import { boundedBody } from "@/lib/net/bounded-body";
import { guardedConnector, type Lookup, systemLookup, type Vetting } from "@/lib/net/guarded-connector";

export type GuardedFetchOptions = {
  method?: "GET" | "HEAD" | "POST" | "PUT" | "DELETE";
  headers?: Record<string, string>;
  body?: string | Buffer;
  signal?: AbortSignal;
  /** Redirects followed, each checked like the first URL; default 3. 0 hands a 3xx back. */
  maxRedirects?: number;
  /** Bytes of body, encoded and decoded; default 1 MiB. Reading past it throws `too_large`. */
  maxBytes?: number;
  /** Longest silence: to connect, to the headers, between two parts of the body; default 15 s. `signal` bounds the whole. */
  timeoutMs?: number;
  /** What may be reached beyond public https; nothing by default. */
  allow?: Vetting;
  /** Certificate authority and server name of the connection, where they are not the system's. */
  tls?: Pick<ConnectionOptions, "ca" | "servername">;
  lookup?: Lookup;
};

export type GuardedResponse = {
  status: number;
  headers: Record<string, string>;
  /** Must be read to its end or destroyed: the connection lives as long as it does. */
  body: Readable;
  /** After redirects. */
  url: string;
  /** The IP address that answered. */
  address: string;
};

const REDIRECTS = new Set([301, 302, 303, 307, 308]);
// Never carried to another origin by a redirect.
const ORIGIN_BOUND = new Set(["authorization", "cookie", "proxy-authorization"]);

function parseTarget(raw: string, base?: string): URL {
  if (!URL.canParse(raw, base)) throw new AppError("invalid_request", "This is not a URL. Give a whole one, like https://example.com/model.onnx.");
  const url = new URL(raw, base);
  if (url.protocol !== "https:" && url.protocol !== "http:") throw new AppError("blocked_address", `URLs that start with ${url.protocol} are not fetched. Use https.`);
  if (url.username || url.password) throw new AppError("blocked_address", "The URL carries a user name or password. Take it out and give it as a secret.");
  return url;
}

function asAppError(error: unknown, url: URL): AppError {
  if (error instanceof AppError) return error;
  const e = error as NodeJS.ErrnoException;
  const timedOut = ["UND_ERR_CONNECT_TIMEOUT", "UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT", "ETIMEDOUT"].includes(e.code ?? "") || e.name === "TimeoutError";
  if (timedOut) return new AppError("bad_gateway", `${url.host} did not answer in time.`, { cause: error });
  if (e.name === "AbortError") return new AppError("timeout", "The request was stopped.", { cause: error });
  return new AppError("bad_gateway", `${url.host} could not be reached${e.code ? ` (${e.code})` : ""}.`, { cause: error });
}

const flatten = (headers: Record<string, string | string[] | undefined>) =>
  Object.fromEntries(Object.entries(headers).flatMap(([k, v]) => (v === undefined ? [] : [[k, Array.isArray(v) ? v.join(", ") : v]])));

/**
 * Fetches a URL that a user gave, safe against server-side request forgery: what is checked is the address connected to,
 * on every hop. A client of its own per hop, so that no connection opened under one policy is reused under another.
 * Throws AppError: `blocked_address`, `invalid_request`, `too_large`, `bad_gateway`, `timeout`.
 */
export async function guardedFetch(target: string, options: GuardedFetchOptions = {}): Promise<GuardedResponse> {
  const { maxRedirects = 3, maxBytes = 1 << 20, timeoutMs = 15_000, allow = {}, lookup = systemLookup } = options;
  let url = parseTarget(target);
  let method = options.method ?? "GET";
  let body = options.body;
  let headers: Record<string, string> = { "accept-encoding": "identity", "user-agent": "slipway", ...options.headers };

  for (let hop = 0; ; hop++) {
    let address = "";
    const client = new Client(url.origin, {
      connect: guardedConnector(allow, lookup, timeoutMs, (peer) => (address = peer), options.tls),
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
    const close = () => void client.destroy().catch(() => undefined);
    try {
      const request = client.request({ method, path: url.pathname + url.search, headers, body, signal: options.signal });
      const answer = await Promise.race([request, silence(timeoutMs * 2, request)]);
      const location = answer.headers.location;
      if (REDIRECTS.has(answer.statusCode) && typeof location === "string" && maxRedirects > 0) {
        answer.body.on("error", () => undefined).destroy();
        close();
        if (hop >= maxRedirects) throw new AppError("bad_gateway", `${url.host} redirected more than ${maxRedirects} times.`);
        const next = parseTarget(location, url.href);
        if (answer.statusCode === 303 || (answer.statusCode < 303 && method === "POST")) [method, body] = [method === "HEAD" ? "HEAD" : "GET", undefined];
        if (next.origin !== url.origin) headers = Object.fromEntries(Object.entries(headers).filter(([k]) => !ORIGIN_BOUND.has(k.toLowerCase())));
        url = next;
        continue;
      }
      const stream = boundedBody(answer.body, method === "HEAD" ? undefined : flatten(answer.headers)["content-encoding"], maxBytes);
      stream.once("close", close);
      return { status: answer.statusCode, headers: flatten(answer.headers), body: stream, url: url.href, address };
    } catch (error) {
      close();
      throw asAppError(error, url);
    }
  }
}

/** The resolver has no timeout of its own; a name server that never answers must not hold a request for ever. */
function silence(afterMs: number, request: Promise<unknown>): Promise<never> {
  return new Promise((_, reject) => {
    const timer = setTimeout(() => reject(Object.assign(new Error("no answer"), { name: "TimeoutError" })), afterMs);
    request.then(() => clearTimeout(timer), () => clearTimeout(timer));
  });
}

/** Reads a whole small body. The size was bounded by `maxBytes` of the fetch. */
export async function readBody(response: GuardedResponse): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const chunk of response.body) parts.push(chunk as Buffer);
  return Buffer.concat(parts);
}
