import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import type { Dispatcher } from "undici";
import { trustedProxies } from "@/lib/net/client-address";
import { ACCESS_HEADER } from "@/services/model-server/config";
import { requestHeaders, responseHeaders } from "./forward-headers";
import type { Replica } from "./replica";

/** Up to this size a body is held, so that it can be sent again to another replica. */
export const HELD_BODY_BYTES = 1024 * 1024;
/** Of a larger one as much as this is on its way at a time. */
const PASSING_BYTES = 256 * 1024;

/**
 * What became of one try. `lost`: the replica's connection broke before the first byte of an answer; `repeatable` tells whether the
 * request may go to another one. `broken`: it broke in the middle of the answer, which the caller sees as a cut connection.
 */
export type Attempt = { kind: "done"; status: number } | { kind: "queueFull" } | { kind: "lost"; repeatable: boolean } | { kind: "broken" } | { kind: "clientGone" };

/** The body to send: held bytes, or the request itself, streamed once. */
export type Body = { held: Buffer } | { stream: IncomingMessage; started: boolean };

/** Reads a body of a known, small size; a large one or one of unknown size is left to stream. Rejects when the caller leaves. */
export function takeBody(req: IncomingMessage): Promise<Body> | Body {
  const declared = req.headers["content-length"];
  if (declared === undefined && req.headers["transfer-encoding"] === undefined) return { held: Buffer.alloc(0) };
  if (declared === undefined || Number(declared) > HELD_BODY_BYTES) return { stream: req, started: false };
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    req.on("data", (c: Buffer) => chunks.push(c));
    req.on("end", () => resolve({ held: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks) }));
    req.on("error", reject);
    req.on("close", () => { if (!req.complete) reject(new Error("the caller left")); });
  });
}

/** Sends one request to one replica and its answer back, both without buffering. Never rejects. */
export function forward(req: IncomingMessage, res: ServerResponse, rest: string, body: Body, replica: Pick<Replica, "acquire" | "connections">, accessToken: string): Promise<Attempt> {
  return new Promise((resolve) => {
    const release = replica.acquire();
    let upstream: Dispatcher.DispatchController | null = null;
    let settled = false;
    const settle = (attempt: Attempt) => {
      if (settled) return;
      settled = true;
      release();
      res.off("close", onClientClose);
      resolve(attempt);
    };
    const onClientClose = () => {
      if (res.writableFinished) return;
      settle({ kind: "clientGone" });
      upstream?.abort(new Error("the caller left"));
    };
    res.on("close", onClientClose);
    const own: Record<string, string> = { [ACCESS_HEADER]: accessToken };
    let status = 502;
    replica.connections.dispatch({ path: rest, method: req.method as Dispatcher.HttpMethod, headers: requestHeaders(req, own, trustedProxies()), body: bodyOf(body) }, {
      onRequestStart(controller) {
        upstream = controller;
        if (settled) controller.abort(new Error("the caller left"));
      },
      onResponseStart(controller, statusCode, headers) {
        status = statusCode;
        if (status === 503 && headers["x-slipway-refused"] === "queue_full") return settle({ kind: "queueFull" });
        if (settled) return;
        res.writeHead(status, responseHeaders(headers));
        res.on("drain", () => { if (controller.paused) controller.resume(); });
      },
      onResponseData(controller, chunk) {
        if (!settled && !res.write(chunk)) controller.pause();
      },
      onResponseEnd() {
        if (settled) return;
        res.end();
        settle({ kind: "done", status });
      },
      onResponseError() {
        if (settled) return;
        // A body that ends early breaks the request to the replica too, and may be noticed there first.
        if (req.errored || res.destroyed) return settle({ kind: "clientGone" });
        if (!res.headersSent) return settle({ kind: "lost", repeatable: "held" in body || !body.started });
        res.destroy();
        settle({ kind: "broken" });
      },
    });
  });
}

function bodyOf(body: Body): Buffer | Readable | null {
  if ("held" in body) return body.held.length > 0 ? body.held : null;
  return passing(body);
}

/**
 * A body that streams begins only once there is a connection: until then nothing of it is lost and another replica can have it. A
 * replica that answers before it has read the whole ends this stream and not the caller's, who still gets the answer.
 */
function passing(body: Extract<Body, { stream: IncomingMessage }>): Readable {
  const { stream } = body;
  let begun = false;
  const out: Readable = new Readable({
    highWaterMark: PASSING_BYTES,
    read() {
      if (begun) return void stream.resume();
      begun = body.started = true;
      stream.on("data", onData).on("end", onEnd).on("close", onClose);
    },
    destroy(error, done) {
      stream.off("data", onData).off("end", onEnd).off("close", onClose);
      if (begun) stream.resume(); // what is left of it is read and dropped
      done(error);
    },
  });
  const onData = (chunk: Buffer) => { if (!out.push(chunk)) stream.pause(); };
  const onEnd = () => void out.push(null);
  const onClose = () => { if (!stream.complete) out.destroy(new Error("the caller left")); };
  return out;
}
