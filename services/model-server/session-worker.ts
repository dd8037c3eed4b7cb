import { createRequire } from "node:module";
import { parentPort } from "node:worker_threads";
import type { InferenceSession, Tensor } from "onnxruntime-node";
import type { FromWorker, SignatureEntry, ToWorker, WorkerTensor } from "./session-messages";

// The one thread that holds the session: a run blocks its thread, so the thread that answers HTTP must be another one.
// Only packages and types are imported here, so that the same file runs from TypeScript and from the bundle.
// The binding takes the length of a Float16Array to be 0 (onnxruntime pull request 32323); where the class is missing when the
// runtime is loaded, 16-bit floats travel as Uint16Array, which works.
Reflect.deleteProperty(globalThis, "Float16Array");
const ort = createRequire(import.meta.url)("onnxruntime-node") as typeof import("onnxruntime-node");
const port = parentPort;
if (!port) throw new Error("session-worker runs as a worker thread only");

let session: InferenceSession | undefined;
const send = (message: FromWorker, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);
const words = (e: unknown) => (e instanceof Error ? e.message : String(e));

const signature = (metadata: readonly InferenceSession.ValueMetadata[]): SignatureEntry[] =>
  metadata.map((m) => (m.isTensor ? { name: m.name, type: m.type, dims: m.shape.map((d) => (typeof d === "number" ? d : -1)) } : { name: m.name, type: null, dims: [] }));

async function load(message: Extract<ToWorker, { kind: "load" }>): Promise<void> {
  const options: InferenceSession.SessionOptions = {
    executionProviders: ["cpu"], intraOpNumThreads: message.intraOpThreads, interOpNumThreads: 1, logSeverityLevel: 3,
  };
  const started = performance.now();
  try {
    session = "bytes" in message.source
      ? await ort.InferenceSession.create(message.source.bytes, options)
      : await ort.InferenceSession.create(message.source.path, options);
    send({ kind: "loaded", loadMs: performance.now() - started, inputs: signature(session.inputMetadata), outputs: signature(session.outputMetadata) });
  } catch (e) {
    send({ kind: "loadFailed", message: words(e) });
  }
}

async function run(message: Extract<ToWorker, { kind: "run" }>): Promise<void> {
  if (!session) return send({ kind: "failed", message: "no session" });
  try {
    const feeds = Object.create(null) as Record<string, Tensor>;
    for (const t of message.inputs) {
      feeds[t.name] = new ort.Tensor(t.type as "float32", t.data as Float32Array, t.dims);
    }
    const started = performance.now();
    const results = await session.run(feeds, message.outputs);
    const computeMs = performance.now() - started;
    const transfer: ArrayBuffer[] = [];
    const outputs = message.outputs.map((name): WorkerTensor => {
      const tensor = results[name] as Tensor;
      const data = tensor.data as WorkerTensor["data"];
      // Small answers are cheaper to copy than to hand over; an output may also share its buffer with an input.
      if (!Array.isArray(data) && data.byteLength > 16_384 && data.buffer instanceof ArrayBuffer && !transfer.includes(data.buffer)) transfer.push(data.buffer);
      return { name, type: tensor.type, dims: [...tensor.dims], data };
    });
    send({ kind: "done", computeMs, outputs }, transfer);
  } catch (e) {
    send({ kind: "failed", message: words(e) });
  }
}

port.on("message", (message: ToWorker) => {
  if (message.kind === "load") void load(message);
  else void run(message);
});
