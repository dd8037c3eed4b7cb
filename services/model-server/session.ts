import { Worker } from "node:worker_threads";
import type { FromWorker, ModelSource, SignatureEntry, ToWorker, WorkerTensor } from "./session-messages";

export type LoadedModel = { loadMs: number; inputs: SignatureEntry[]; outputs: SignatureEntry[] };
export type RunResult = { computeMs: number; outputs: WorkerTensor[] };

/** The runtime refused the model or the run; the message is its own. */
export class RuntimeFailure extends Error {}

/** In the bundle both files lie side by side; in the source the worker is TypeScript. */
const workerUrl = () =>
  new URL(import.meta.url.endsWith(".mjs") ? "./model-server-session.mjs" : "./session-worker.ts", import.meta.url);

/**
 * The session in its own thread. One call at a time: RunQueue sees to that. The thread is never terminated while it runs,
 * because the runtime then aborts the whole process.
 */
export class Session {
  private readonly worker = new Worker(workerUrl());
  private waiting: { resolve: (m: FromWorker) => void; reject: (e: Error) => void } | null = null;

  /** `onLost` is told when the thread dies by itself; nothing can be served after that. */
  constructor(onLost: (error: Error) => void) {
    this.worker.on("message", (message: FromWorker) => {
      const waiting = this.waiting;
      this.waiting = null;
      waiting?.resolve(message);
    });
    const lost = (error: Error) => {
      this.waiting?.reject(error);
      this.waiting = null;
      onLost(error);
    };
    this.worker.on("error", lost);
    this.worker.on("exit", (code) => lost(new Error(`the session's thread ended with code ${code}`)));
  }

  /** Throws RuntimeFailure with the runtime's words. */
  async load(source: ModelSource, intraOpThreads: number): Promise<LoadedModel> {
    const transfer = "bytes" in source ? [source.bytes.buffer] : [];
    const answer = await this.call({ kind: "load", source, intraOpThreads }, transfer);
    if (answer.kind === "loaded") return answer;
    throw new RuntimeFailure(answer.kind === "loadFailed" ? answer.message : `unexpected answer ${answer.kind}`);
  }

  /** Runs the model once. Throws RuntimeFailure with the runtime's words. The inputs' arrays may be handed over and be empty afterwards. */
  async run(inputs: WorkerTensor[], outputs: string[]): Promise<RunResult> {
    const transfer: ArrayBuffer[] = [];
    for (const { data } of inputs) {
      if (!Array.isArray(data) && data.byteLength > 16_384 && data.buffer instanceof ArrayBuffer) transfer.push(data.buffer);
    }
    const answer = await this.call({ kind: "run", inputs, outputs }, transfer);
    if (answer.kind === "done") return answer;
    throw new RuntimeFailure(answer.kind === "failed" ? answer.message : `unexpected answer ${answer.kind}`);
  }

  private call(message: ToWorker, transfer: ArrayBuffer[]): Promise<FromWorker> {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.worker.postMessage(message, transfer);
    });
  }
}
