import type { SignatureEntry, TensorData } from "./session-messages";

/** Element types of the Open Inference Protocol V2. */
export type Datatype = "BOOL" | "UINT8" | "UINT16" | "UINT32" | "UINT64" | "INT8" | "INT16" | "INT32" | "INT64" | "FP16" | "FP32" | "FP64" | "BYTES";

type NumericArray = Exclude<TensorData, string[]>;
type NumericArrayConstructor = {
  new (length: number): NumericArray;
  new (buffer: ArrayBuffer): NumericArray;
  BYTES_PER_ELEMENT: number;
};

export type DatatypeInfo = {
  /** The runtime's name. */
  ort: string;
  kind: "bool" | "int" | "bigint" | "half" | "float" | "bytes";
  /** null: BYTES, whose elements vary in length. */
  array: NumericArrayConstructor | null;
  /** Bounds of the integers. */
  min?: bigint;
  max?: bigint;
};

export const DATATYPES: Record<Datatype, DatatypeInfo> = {
  BOOL: { ort: "bool", kind: "bool", array: Uint8Array },
  UINT8: { ort: "uint8", kind: "int", array: Uint8Array, min: 0n, max: 255n },
  UINT16: { ort: "uint16", kind: "int", array: Uint16Array, min: 0n, max: 65_535n },
  UINT32: { ort: "uint32", kind: "int", array: Uint32Array, min: 0n, max: 4_294_967_295n },
  UINT64: { ort: "uint64", kind: "bigint", array: BigUint64Array, min: 0n, max: 18_446_744_073_709_551_615n },
  INT8: { ort: "int8", kind: "int", array: Int8Array, min: -128n, max: 127n },
  INT16: { ort: "int16", kind: "int", array: Int16Array, min: -32_768n, max: 32_767n },
  INT32: { ort: "int32", kind: "int", array: Int32Array, min: -2_147_483_648n, max: 2_147_483_647n },
  INT64: { ort: "int64", kind: "bigint", array: BigInt64Array, min: -9_223_372_036_854_775_808n, max: 9_223_372_036_854_775_807n },
  FP16: { ort: "float16", kind: "half", array: Uint16Array },
  FP32: { ort: "float32", kind: "float", array: Float32Array },
  FP64: { ort: "float64", kind: "float", array: Float64Array },
  BYTES: { ort: "string", kind: "bytes", array: null },
};

const BY_ORT = new Map(Object.entries(DATATYPES).map(([name, info]) => [info.ort, name as Datatype]));

/** null for what the protocol cannot carry: sequences, maps, bfloat16, 4-bit integers. */
export const datatypeOf = (ortType: string | null): Datatype | null => (ortType === null ? null : BY_ORT.get(ortType) ?? null);

export type Signature = { name: string; datatype: Datatype | null; shape: number[] }[];

export const toSignature = (entries: SignatureEntry[]): Signature =>
  entries.map((e) => ({ name: e.name, datatype: datatypeOf(e.type), shape: e.dims }));

export const elementCount = (shape: readonly number[]) => shape.reduce((n, d) => n * d, 1);
