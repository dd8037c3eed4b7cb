import { ggufFileType } from "./gguf-types";
import type { GgufValue } from "./gguf-values";
import { plainText } from "./plain-text";

/** Keys of the architecture's own metadata -> our names; lengths in tokens, sizes in values. They feed the calculation of the KV cache. */
const ARCHITECTURE_KEYS: Record<string, string> = {
  context_length: "contextLength",
  block_count: "layers",
  embedding_length: "hiddenSize",
  feed_forward_length: "feedForwardSize",
  "attention.head_count": "attentionHeads",
  "attention.head_count_kv": "kvHeads",
  "attention.key_length": "keyLength",
  "attention.value_length": "valueLength",
  "attention.sliding_window": "slidingWindow",
  expert_count: "experts",
  expert_used_count: "expertsUsed",
  vocab_size: "vocabularySize",
};

/** The facts of a GGUF header. A per-layer list becomes its maximum, which never underestimates memory. */
export function ggufFacts(values: ReadonlyMap<string, GgufValue>): Record<string, string | number> {
  const facts: Record<string, string | number> = {};
  const architecture = values.get("general.architecture");
  if (typeof architecture === "string" && architecture) facts.architecture = plainText(architecture, 60);
  const name = values.get("general.name");
  if (typeof name === "string" && name) facts.name = plainText(name);
  const license = values.get("general.license");
  if (typeof license === "string" && license) facts.license = plainText(license, 60);
  const fileType = values.get("general.file_type");
  if (typeof fileType === "number") facts.quantization = ggufFileType(fileType) ?? `type ${fileType}`;

  for (const [key, fact] of Object.entries(ARCHITECTURE_KEYS)) {
    const number = asNumber(values.get(`${String(architecture)}.${key}`));
    if (number !== null) facts[fact] = number;
  }
  const tokens = values.get("tokenizer.ggml.tokens");
  if (facts.vocabularySize === undefined && typeof tokens === "object") facts.vocabularySize = tokens.length;
  const headDim = headDimension(facts);
  if (headDim !== null) facts.headDim = headDim;
  for (const [key, fact] of [["split.no", "splitIndex"], ["split.count", "splitCount"], ["split.tensors.count", "splitTensors"]] as const) {
    const number = asNumber(values.get(key));
    if (number !== null) facts[fact] = number;
  }
  return facts;
}

function headDimension(facts: Record<string, string | number>): number | null {
  if (typeof facts.keyLength === "number") return facts.keyLength;
  const { hiddenSize, attentionHeads } = facts;
  return typeof hiddenSize === "number" && typeof attentionHeads === "number" && attentionHeads > 0 ? hiddenSize / attentionHeads : null;
}

function asNumber(value: GgufValue | undefined): number | null {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "bigint") return value <= BigInt(Number.MAX_SAFE_INTEGER) && value >= 0n ? Number(value) : null;
  if (typeof value === "object" && value.values && value.values.length > 0) return Math.max(...value.values);
  return null;
}
