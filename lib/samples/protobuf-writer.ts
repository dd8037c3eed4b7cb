/** Writes protobuf fields: enough to build ONNX models, valid and broken ones alike. */
export function varint(value: bigint | number): Buffer {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  do {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    bytes.push(rest > 0n ? low | 0x80 : low);
  } while (rest > 0n);
  return Buffer.from(bytes);
}

export const int = (field: number, value: bigint | number): Buffer => Buffer.concat([varint(field * 8), varint(value)]);

/** A length-delimited field: text, bytes, or a message given as its parts. */
export function part(field: number, ...content: (string | Uint8Array)[]): Buffer {
  const body = Buffer.concat(content.map((c) => (typeof c === "string" ? Buffer.from(c, "utf8") : c)));
  return Buffer.concat([varint(field * 8 + 2), varint(body.length), body]);
}

export function float(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return Buffer.concat([varint(field * 8 + 5), bytes]);
}
