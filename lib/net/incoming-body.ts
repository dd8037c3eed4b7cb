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

type Body = AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>;

/** The message a request's body comes from; null where there is none, or where somebody has read of it or waits to. */
function unread(request: Request): IncomingMessage | null {
  const message = incoming.getStore();
  return request.body && message && !message.readableDidRead && message.listenerCount("readable") === 0 ? message : null;
}

/**
 * The body of a request as it comes from the socket, for those of many gigabytes: the web stream of a Request copies each chunk,
 * which took longer than hashing it. A chunk is there until the next one is asked for; a reader copies what it keeps. A reader that stops
 * early leaves the socket open for its answer. Null where there is no body.
 */
export function incomingBody(request: Request): Body | null {
  const message = unread(request);
  return message ? arriving(message) : request.body;
}

/** The same request with such a body, for a library that takes a Request. Its chunks stay. */
export function withIncomingBody(request: Request): Request {
  const message = unread(request);
  if (!message) return request;
  // Made of its parts: Next hands a stand-in for a Request that cannot be copied. "half" is the standard's word for a body that is still arriving; the DOM's types lack it.
  const body = WebStream.from(message.iterator({ destroyOnReturn: false }));
  const init = { method: request.method, headers: request.headers, signal: request.signal, body, duplex: "half" };
  return new Request(request.url, init as RequestInit);
}

/** Chunks that may have arrived before they are asked for: of 64 KiB at most, from a fast sender. */
const AHEAD = 16;

async function* arriving(message: IncomingMessage): AsyncGenerator<Uint8Array> {
  const arrived: Buffer[] = [];
  let ended = false;
  let failure: Error | null = message.destroyed ? new Error("the sender left") : null;
  let wake = () => {};
  const onData = (chunk: Buffer) => {
    arrived.push(chunk);
    if (arrived.length >= AHEAD) message.pause();
    wake();
  };
  const onEnd = () => {
    ended = true;
    wake();
  };
  const onLost = (error?: Error) => {
    if (!ended) failure ??= error ?? new Error("the sender left");
    wake();
  };
  message.on("data", onData).on("end", onEnd).on("error", onLost).on("close", onLost);
  try {
    for (;;) {
      const chunk = arrived.shift();
      if (chunk) {
        yield chunk;
        giveBack(chunk);
        continue;
      }
      if (failure) throw failure;
      if (ended) return;
      message.resume();
      await new Promise<void>((resolve) => { wake = resolve; });
    }
  } finally {
    message.off("data", onData).off("end", onEnd).off("error", onLost).off("close", onLost);
    message.pause();
  }
}

/** Frees a chunk's memory now: V8 counts what it has not collected yet, and over some gigabytes collects the whole heap again and again. */
function giveBack(chunk: Buffer): void {
  if (chunk.byteLength === chunk.buffer.byteLength && chunk.buffer instanceof ArrayBuffer) chunk.buffer.transfer(0);
}
