import type { IncomingMessage, ServerResponse } from "node:http";
import { trustedProxies } from "@/lib/net/client-address";
import { ACCESS_HEADER } from "@/services/model-server/config";
import { requestHeaders, responseHeaders } from "./forward-headers";
import type { Replica } from "./replica";
import type { Body, Exchange } from "./replica-connections";

/** Up to this size a body is held, so that it can be sent again to another replica. */
export const HELD_BODY_BYTES = 1024 * 1024;

/**
 * What became of one try. `lost`: the replica's connection broke before the first byte of an answer; `repeatable` tells whether the
 * request may go to another one. `broken`: it broke in the middle of the answer, which the caller sees as a cut connection.
 */
export type Attempt = { kind: "done"; status: number } | { kind: "queueFull" } | { kind: "lost"; repeatable: boolean } | { kind: "broken" } | { kind: "clientGone" };

/**
 * Reads a body of a known, small size; a large one or one of unknown size is left to stream. Calls back with the last byte, in the same
 * turn where it can: what the caller still has to be told of his request can wait until the replica has it. null: the caller left.
 */
export function takeBody(req: IncomingMessage, done: (body: Body | null) => void): void {
  const declared = req.headers["content-length"];
  if (declared === undefined && req.headers["transfer-encoding"] === undefined) return done({ held: Buffer.alloc(0) });
  const length = declared === undefined ? Infinity : Number(declared);
  if (length > HELD_BODY_BYTES) return done({ stream: req, started: false });
  if (length === 0) return done({ held: Buffer.alloc(0) });
  // He left while his token was asked for: no event would come any more.
  if (req.destroyed) return done(null);
  const chunks: Buffer[] = [];
  let left = length;
  req.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    left -= chunk.length;
    if (left === 0) done({ held: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks) });
  });
  req.on("error", () => {}); // told by close
  req.on("close", () => { if (left > 0) done(null); });
}

/** Sends one request to one replica and its answer back, both without buffering. Never rejects. */
export function forward(req: IncomingMessage, res: ServerResponse, rest: string, body: Body, replica: Pick<Replica, "acquire" | "connections">, accessToken: string): Promise<Attempt> {
  return new Promise((resolve) => {
    const release = replica.acquire();
    let exchange: Exchange | null = null;
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
      exchange?.abort();
    };
    res.on("close", onClientClose);
    let status = 502;
    const fields = requestHeaders(req, [ACCESS_HEADER, accessToken], trustedProxies());
    exchange = replica.connections.send({ method: req.method ?? "GET", path: rest, fields, body }, {
      onHead(statusCode, answered) {
        status = statusCode;
        if (status === 503 && answered.includes("x-slipway-refused")) return settle({ kind: "queueFull" });
        res.writeHead(status, responseHeaders(answered));
        res.on("drain", () => exchange?.resume());
      },
      onData: (chunk) => settled || res.write(chunk),
      onEnd(last) {
        if (settled) return;
        res.end(last ?? undefined);
        settle({ kind: "done", status });
      },
      onLost() {
        if (settled) return;
        // A body that ends early breaks the request to the replica too, and may be noticed there first.
        if (req.errored || res.destroyed) return settle({ kind: "clientGone" });
        if (!res.headersSent) return settle({ kind: "lost", repeatable: "held" in body || !body.started });
        // An answer that waits behind another one has no socket yet, and Node forgets to end that.
        if (res.socket) res.destroy();
        else res.once("socket", () => req.socket.destroy());
        settle({ kind: "broken" });
      },
    });
  });
}
