/** A file of an uploaded set that can be read at any offset, without ever running it. */
export interface ReadableFile {
  /** Path inside the set, as the uploader gave it; already checked to be relative and free of `..`. */
  path: string;
  sizeBytes: number;
  /** Reads exactly `length` bytes at `offset`; fewer only at the end of the file. */
  read(offset: number, length: number): Promise<Buffer>;
}

export type ModelFormat = "onnx" | "safetensors" | "gguf" | "mar" | "bento" | "pytorch" | "pickle" | "unknown";

/** Open Inference Protocol V2 datatypes. */
export type Datatype = "BOOL" | "UINT8" | "UINT16" | "UINT32" | "UINT64" | "INT8" | "INT16" | "INT32" | "INT64" | "FP16" | "BF16" | "FP32" | "FP64" | "BYTES";

export type TensorSpec = {
  name: string;
  /** null where the format's type has no V2 name; `nativeType` then tells. */
  datatype: Datatype | null;
  nativeType: string;
  /** -1 is a dynamic dimension. null: the file does not say. */
  shape: number[] | null;
  /** Names of dynamic dimensions, by position, where the file gives them. */
  dimensionNames?: (string | null)[];
};

export type Signature = { inputs: TensorSpec[]; outputs: TensorSpec[] };

export type InspectionFinding = {
  severity: "info" | "warning" | "danger";
  /** Stable, for tests and the API: `carries_code`, `external_data`, … */
  code: string;
  /** One plain sentence: what was found and what it means. */
  message: string;
  path?: string;
};

/**
 * refused: malformed or hostile, nothing is kept. quarantined: it carries code: kept, not deployable until a platform person approves it.
 * accepted: data only, readable to the end of what was checked.
 */
export type Verdict = "accepted" | "quarantined" | "refused";

export type Inspection = {
  verdict: Verdict;
  format: ModelFormat;
  /** null: the format does not carry one (safetensors, pickle) */
  signature: Signature | null;
  /** null is "unknown", never 0. */
  parameters: bigint | null;
  /** Bytes of weights by datatype as stored; null where unknown. Feeds the memory-fit calculation. */
  weightBytes: number | null;
  weightBytesByType: Record<string, number> | null;
  /** Format's own facts: opset, irVersion, producer, architecture, contextLength, layers, … Values are strings or numbers, short. */
  facts: Record<string, string | number>;
  findings: InspectionFinding[];
};
