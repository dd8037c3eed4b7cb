import { AsyncLocalStorage } from "node:async_hooks";
import type { IncomingMessage } from "node:http";
import { ReadableStream as WebStream } from "node:stream/web";

// Our server and Next's bundles each have this module; what they share hangs on the process.
const KEY = Symbol.for("slipway.incoming-message");
const shared = globalThis as { [KEY]?: AsyncLocalStorage<IncomingMessage> };
const incoming = (shared[KEY] ??= new AsyncLocalStorage<IncomingMessage>());

/** Runs `serve` so that `incomingBody` finds the message it serves. */
export function withIncoming<T>(message: IncomingMessage, serve: () => T): T {
  return incoming.run(message, serve);
}

/**
 * The body of a request as it comes from the socket, for those of many gigabytes: the web stream of a Request copies each chunk,
 * which took longer than hashing it. A reader that stops early leaves the socket open for its answer. Null where there is no body.
 */
export function incomingBody(request: Request): AsyncIterable<Uint8Array> | ReadableStream<Uint8Array> | null {
  const message = incoming.getStore();
  if (!request.body || !message || message.readableDidRead) return request.body;
  return message.iterator({ destroyOnReturn: false });
}

/** The same request with such a body, for a library that takes a Request. */
export function withIncomingBody(request: Request): Request {
  const body = incomingBody(request);
  if (!body || body === request.body) return request;
  // Made of its parts: Next hands a stand-in for a Request that cannot be copied. "half" is the standard's word for a body that is still arriving; the DOM's types lack it.
  const init = { method: request.method, headers: request.headers, signal: request.signal, body: WebStream.from(body), duplex: "half" };
  return new Request(request.url, init as RequestInit);
}
