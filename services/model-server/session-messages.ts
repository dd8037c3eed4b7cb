/** Arrays a tensor's elements travel in, by the runtime's type; strings as an array of strings, float16 as its 16 bits. */
export type TensorData =
  | Float32Array | Float64Array | Int8Array | Int16Array | Int32Array | BigInt64Array | Uint8Array | Uint16Array | Uint32Array | BigUint64Array | string[];

/** `type` is the runtime's name of the element type: float32, int64, string, bool … */
export type WorkerTensor = { name: string; type: string; dims: number[]; data: TensorData };

/** One input or output of the model; `type` is null for what is no tensor (a sequence, a map). A dynamic dimension is -1. */
export type SignatureEntry = { name: string; type: string | null; dims: number[] };

export type ModelSource = { bytes: Uint8Array<ArrayBuffer> } | { path: string };

export type ToWorker =
  | { kind: "load"; source: ModelSource; intraOpThreads: number }
  | { kind: "run"; inputs: WorkerTensor[]; outputs: string[] };

export type FromWorker =
  | { kind: "loaded"; loadMs: number; inputs: SignatureEntry[]; outputs: SignatureEntry[] }
  | { kind: "loadFailed"; message: string }
  | { kind: "done"; computeMs: number; outputs: WorkerTensor[] }
  | { kind: "failed"; message: string };
