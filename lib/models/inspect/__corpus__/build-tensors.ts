/** A safetensors file around any header value and data, valid or not. `headerBytes` overrides the declared length. */
export function buildSafetensors(header: unknown, data: Uint8Array, headerBytes?: bigint): Buffer {
  const json = Buffer.from(typeof header === "string" ? header : JSON.stringify(header));
  const prefix = Buffer.alloc(8);
  prefix.writeBigUInt64LE(headerBytes ?? BigInt(json.length));
  return Buffer.concat([prefix, json, data]);
}

export const uint32 = (value: number): Buffer => { const b = Buffer.alloc(4); b.writeUInt32LE(value); return b; };
export const uint64 = (value: bigint | number): Buffer => { const b = Buffer.alloc(8); b.writeBigUInt64LE(BigInt(value)); return b; };
export const ggufText = (text: string): Buffer => Buffer.concat([uint64(Buffer.byteLength(text)), Buffer.from(text)]);
export const ggufString = (key: string, value: string): Buffer => Buffer.concat([ggufText(key), uint32(8), ggufText(value)]);
export const ggufNumber = (key: string, value: number): Buffer => Buffer.concat([ggufText(key), uint32(4), uint32(value)]);
export const ggufStrings = (key: string, values: string[]): Buffer => Buffer.concat([ggufText(key), uint32(9), uint32(8), uint64(values.length), ...values.map(ggufText)]);
export const ggufTensor = (name: string, dims: (number | bigint)[], type: number, offset: number | bigint): Buffer =>
  Buffer.concat([ggufText(name), uint32(dims.length), ...dims.map(uint64), uint32(type), uint64(offset)]);

/** A GGUF file; counts can be overridden to lie. */
export function buildGguf(keys: Buffer[], tensors: Buffer[], dataBytes: number, lies: { version?: number; keys?: bigint; tensors?: bigint } = {}): Buffer {
  const header = Buffer.concat([Buffer.from("GGUF"), uint32(lies.version ?? 3), uint64(lies.tensors ?? tensors.length), uint64(lies.keys ?? keys.length), ...keys, ...tensors]);
  const padding = tensors.length === 0 ? 0 : (32 - (header.length % 32)) % 32;
  return Buffer.concat([header, Buffer.alloc(padding), Buffer.alloc(dataBytes)]);
}

/** A small sound llama, enough for every fact the KV cache needs. */
export function buildTinyLlama(extra: Buffer[] = []): Buffer {
  return buildGguf([
    ggufString("general.architecture", "llama"), ggufString("general.name", "tiny"), ggufNumber("general.file_type", 2),
    ggufNumber("llama.context_length", 2048), ggufNumber("llama.block_count", 2), ggufNumber("llama.embedding_length", 64),
    ggufNumber("llama.attention.head_count", 8), ggufNumber("llama.attention.head_count_kv", 4), ggufStrings("tokenizer.ggml.tokens", ["a", "b", "c"]), ...extra,
  ], [ggufTensor("token_embd.weight", [64, 3], 2, 0), ggufTensor("output_norm.weight", [64], 0, 128)], 128 + 256);
}
