import type { Datatype } from "./types";

type ElementType = { native: string; datatype: Datatype | null; bits: number | null };

const entry = (native: string, datatype: Datatype | null, bits: number | null): ElementType => ({ native, datatype, bits });

/** TensorProto.DataType of onnx.proto: its name, the V2 datatype (null: V2 has none) and bits an element (null: variable). */
const ELEMENT_TYPES: Record<number, ElementType> = {
  1: entry("FLOAT", "FP32", 32),
  2: entry("UINT8", "UINT8", 8),
  3: entry("INT8", "INT8", 8),
  4: entry("UINT16", "UINT16", 16),
  5: entry("INT16", "INT16", 16),
  6: entry("INT32", "INT32", 32),
  7: entry("INT64", "INT64", 64),
  8: entry("STRING", "BYTES", null),
  9: entry("BOOL", "BOOL", 8),
  10: entry("FLOAT16", "FP16", 16),
  11: entry("DOUBLE", "FP64", 64),
  12: entry("UINT32", "UINT32", 32),
  13: entry("UINT64", "UINT64", 64),
  14: entry("COMPLEX64", null, 64),
  15: entry("COMPLEX128", null, 128),
  16: entry("BFLOAT16", "BF16", 16),
  17: entry("FLOAT8E4M3FN", null, 8),
  18: entry("FLOAT8E4M3FNUZ", null, 8),
  19: entry("FLOAT8E5M2", null, 8),
  20: entry("FLOAT8E5M2FNUZ", null, 8),
  21: entry("UINT4", null, 4),
  22: entry("INT4", null, 4),
  23: entry("FLOAT4E2M1", null, 4),
  24: entry("FLOAT8E8M0", null, 8),
  25: entry("UINT2", null, 2),
  26: entry("INT2", null, 2),
};

export function onnxElementType(code: number): ElementType | undefined {
  return ELEMENT_TYPES[code];
}
