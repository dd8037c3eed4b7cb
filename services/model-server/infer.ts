import type { IncomingMessage, ServerResponse } from "node:http";
import type { ErrorCause } from "@/lib/observability/sample";
import type { Signature } from "./datatypes";
import { decodeRequest } from "./decode-request";
import { encodeResponse } from "./encode-response";
import type { Metrics } from "./metrics";
import { readBody } from "./read-body";
import { badRequest, RequestError } from "./request-error";
import { Cancelled, QueueFull, QueueTimeout, type RunQueue } from "./run-queue";
import { RuntimeFailure, type Session } from "./session";

export type Serving = { model: string; version: string; inputs: Signature; outputs: Signature; session: Session; queue: RunQueue; metrics: Metrics };

// The runtime's words when the request, not the model, is at fault: a shape that its checks or its nodes reject.
const CALLERS_FAULT = /INVALID_ARGUMENT|Got invalid dimensions|Invalid rank|Unexpected input data type|Missing Input|cannot be broadcast|Non-zero status code returned while running \w+ node.*(?:shape|dimension|rank|broadcast|element|size|mismatch|out of (?:bounds|range))/is;

/** POST …/infer. Answers in every case; never throws. `draining` is asked when the answer is written. */
export async function infer(req: IncomingMessage, res: ServerResponse, serving: Serving, draining: () => boolean): Promise<void> {
  const started = performance.now();
  const { metrics, queue } = serving;
  let cancel = () => {};
  const gone = () => { if (!res.writableFinished) { metrics.failed("cancelled"); cancel(); } };
  res.once("close", gone);
  const send = (status: number, headers: Record<string, string | number>, body: Buffer | string) => {
    if (res.destroyed) return;
    metrics.answered(status, (performance.now() - started) / 1000);
    if (draining()) headers.connection = "close";
    res.writeHead(status, headers).end(body);
  };
  try {
    if (queue.full) throw new QueueFull();
    const headerLength = readHeaderLength(req);
    const request = decodeRequest(await readBody(req), headerLength, serving.inputs, serving.outputs);
    const names = request.outputs.map((o) => o.name);
    const ticket = queue.submit(() => serving.session.run(request.inputs, names));
    cancel = ticket.cancel;
    if (res.destroyed) cancel();
    const { value, queueMs } = await ticket.result;
    metrics.ran(queueMs / 1000, value.computeMs / 1000);
    const { body, headerLength: outLength } = encodeResponse(serving.model, serving.version, request.id, value.outputs, request.outputs);
    const headers: Record<string, string | number> = {
      "content-type": outLength === null ? "application/json" : "application/octet-stream",
      "content-length": body.length,
      "x-slipway-queue-ms": queueMs.toFixed(3),
      "x-slipway-compute-ms": value.computeMs.toFixed(3),
    };
    if (outLength !== null) headers["inference-header-content-length"] = outLength;
    send(200, headers, body);
  } catch (e) {
    if (e instanceof Cancelled || res.destroyed) return;
    const { status, message, cause, retryAfterSeconds } = describe(e);
    metrics.failed(cause);
    const body = JSON.stringify({ error: message });
    const headers: Record<string, string | number> = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    if (retryAfterSeconds !== undefined) headers["retry-after"] = retryAfterSeconds;
    if (cause === "queue_full") headers["x-slipway-refused"] = "queue_full";
    send(status, headers, body);
    // What is left of the request is read and dropped: a connection closed over unread bytes is reset, and the answer may be lost with it.
    if (!req.complete) req.resume();
  }
}

function readHeaderLength(req: IncomingMessage): number | null {
  const encoding = req.headers["content-encoding"];
  if (encoding !== undefined && encoding !== "identity") throw new RequestError(415, `Content-Encoding ${encoding} is not offered; send the body as it is.`);
  const header = req.headers["inference-header-content-length"];
  if (header === undefined) return null;
  if (typeof header !== "string" || !/^\d{1,12}$/.test(header)) throw badRequest("Inference-Header-Content-Length must be a number of bytes.");
  return Number(header);
}

function describe(e: unknown): { status: number; message: string; cause: ErrorCause; retryAfterSeconds?: number } {
  if (e instanceof QueueFull) return { status: 503, message: "The queue of this replica is full; try again in a moment.", cause: "queue_full", retryAfterSeconds: 1 };
  if (e instanceof QueueTimeout) return { status: 503, message: "The request waited too long for the model; try again, or add replicas.", cause: "timeout", retryAfterSeconds: 5 };
  if (e instanceof RequestError) return { status: e.status, message: e.message, cause: "bad_request", retryAfterSeconds: e.retryAfterSeconds };
  const message = e instanceof Error ? e.message : String(e);
  if (e instanceof RuntimeFailure && CALLERS_FAULT.test(message)) return { status: 400, message, cause: "bad_request" };
  return { status: 500, message: `The model failed on this request: ${message}`, cause: "runtime" };
}
