import { request, type ClientRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { ACCESS_HEADER } from "@/services/model-server/config";
import { requestHeaders, responseHeaders } from "./forward-headers";
import type { Replica } from "./replica";

/** Up to this size a body is held, so that it can be sent again to another replica. */
export const HELD_BODY_BYTES = 1024 * 1024;

/**
 * What became of one try. `lost`: the replica's connection broke before the first byte of an answer; `repeatable` tells whether the
 * request may go to another one. `broken`: it broke in the middle of the answer, which the caller sees as a cut connection.
 */
export type Attempt = { kind: "done"; status: number } | { kind: "queueFull" } | { kind: "lost"; repeatable: boolean } | { kind: "broken" } | { kind: "clientGone" };

/** The body to send: held bytes, or the request itself, streamed once. */
export type Body = { held: Buffer } | { stream: IncomingMessage; /** Bytes already read from it. */ head: Buffer[]; started: boolean };

/** Reads a body of a known, small size; a large one or one of unknown size is left to stream. Rejects when the caller leaves. */
export function takeBody(req: IncomingMessage): Promise<Body> | Body {
  const declared = req.headers["content-length"];
  if (declared === undefined && req.headers["transfer-encoding"] === undefined) return { held: Buffer.alloc(0) };
  if (declared === undefined || Number(declared) > HELD_BODY_BYTES) return { stream: req, head: [], started: false };
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    req.on("data", (c: Buffer) => chunks.push(c));
    req.on("end", () => resolve({ held: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks) }));
    req.on("error", reject);
    req.on("close", () => { if (!req.complete) reject(new Error("the caller left")); });
  });
}

/** Sends one request to one replica and its answer back, both without buffering. Never rejects. */
export function forward(req: IncomingMessage, res: ServerResponse, rest: string, body: Body, replica: Replica, accessToken: string): Promise<Attempt> {
  return new Promise((resolve) => {
    const release = replica.acquire();
    let settled = false;
    const settle = (attempt: Attempt) => {
      if (settled) return;
      settled = true;
      release();
      res.off("close", onClientClose);
      resolve(attempt);
    };
    const own: Record<string, string | number> = { [ACCESS_HEADER]: accessToken };
    if ("held" in body && body.held.length > 0) own["content-length"] = body.held.length;
    const upstream = request({ host: "127.0.0.1", port: replica.port, method: req.method, path: rest, headers: requestHeaders(req, own), agent: replica.agent });
    const onClientClose = () => {
      if (res.writableFinished) return;
      upstream.destroy();
      settle({ kind: "clientGone" });
    };
    res.on("close", onClientClose);
    upstream.on("error", () => {
      if (res.headersSent) {
        res.destroy();
        return settle({ kind: "broken" });
      }
      settle({ kind: "lost", repeatable: "held" in body || !body.started });
    });
    upstream.on("response", (answer) => {
      const status = answer.statusCode ?? 502;
      if (status === 503 && answer.headers["x-slipway-refused"] === "queue_full") {
        answer.resume();
        return settle({ kind: "queueFull" });
      }
      relay(answer, res, status, settle);
    });
    if ("held" in body) upstream.end(body.held.length > 0 ? body.held : undefined);
    else streamBody(body, upstream);
  });
}

function relay(answer: IncomingMessage, res: ServerResponse, status: number, settle: (a: Attempt) => void): void {
  res.writeHead(status, responseHeaders(answer.headers));
  answer.on("data", (chunk: Buffer) => {
    if (res.write(chunk)) return;
    answer.pause();
    res.once("drain", () => answer.resume());
  });
  answer.on("end", () => {
    res.end();
    settle({ kind: "done", status });
  });
  const broken = () => {
    if (answer.complete) return;
    res.destroy();
    settle({ kind: "broken" });
  };
  answer.on("error", broken);
  answer.on("aborted", broken);
}

/** Begins only once there is a connection: until then nothing of the body is lost and another replica can have it. */
function streamBody(body: Extract<Body, { stream: IncomingMessage }>, upstream: ClientRequest): void {
  const begin = () => {
    body.started = true;
    body.stream.pipe(upstream);
  };
  upstream.flushHeaders();
  upstream.on("socket", (socket) => {
    if (socket.connecting) socket.once("connect", begin);
    else begin();
  });
  body.stream.on("error", () => upstream.destroy());
}
