import { AsyncLocalStorage } from "node:async_hooks";
import type { IncomingMessage } from "node:http";

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
