/** Facts of a model as its header tells them (lib/models/inspect/types.ts). */
export type ModelFacts = Record<string, string | number>;

const BYTES_PER_VALUE = 2; // keys and values are cached in fp16/bf16 by vLLM and llama.cpp unless told otherwise

/** Looks for a number under our own name, the name in Hugging Face's config.json, or the end of a GGUF key (`llama.block_count`). */
function factNumber(facts: ModelFacts, ...names: string[]): number | null {
  for (const name of names) {
    const key = Object.keys(facts).find((k) => k === name || k.endsWith(`.${name}`));
    const value = key === undefined ? NaN : Number(facts[key]);
    if (Number.isFinite(value) && value > 0) return value;
  }
  return null;
}

export const contextLengthOf = (facts: ModelFacts) => factNumber(facts, "contextLength", "max_position_embeddings", "context_length");

/** Positions of an encoder whose keys and values a decoder holds for each sequence beside its own; 0: it has none. */
export const encoderLengthOf = (facts: ModelFacts): number => factNumber(facts, "encoderLength", "max_source_positions") ?? 0;

/**
 * Bytes of KV cache one token takes: 2 (key and value) × layers × KV heads × head size × 2 bytes. An upper bound for models with sliding
 * windows. null when the facts do not give the shape.
 */
export function kvCacheBytesPerToken(facts: ModelFacts): number | null {
  const layers = factNumber(facts, "layers", "num_hidden_layers", "block_count");
  const heads = factNumber(facts, "heads", "attentionHeads", "num_attention_heads", "attention.head_count");
  const hidden = factNumber(facts, "hiddenSize", "hidden_size", "embedding_length");
  const kvHeads = factNumber(facts, "kvHeads", "num_key_value_heads", "attention.head_count_kv") ?? heads;
  const headDim = factNumber(facts, "headDim", "head_dim", "attention.key_length") ?? (hidden && heads ? hidden / heads : null);
  if (!layers || !kvHeads || !headDim) return null;
  return 2 * layers * kvHeads * headDim * BYTES_PER_VALUE;
}

/** Whether the model keeps a KV cache: true for text generators, false for encoders and vision models, null when nothing says. */
export function keepsKvCache(format: string, facts: ModelFacts): boolean | null {
  if (format === "gguf") return true;
  const architecture = String(facts.architecture ?? facts.architectures ?? "").toLowerCase();
  if (/forcausallm|forconditionalgeneration|lmhead/.test(architecture)) return true;
  if (/^(llama|mistral|mixtral|qwen|phi|gemma|gpt|falcon|deepseek|olmo|granite|cohere|whisper|t5)/.test(architecture) && !/classification|embedding/.test(architecture)) return true;
  if (architecture !== "") return false;
  // A serving graph in ONNX takes its cache as inputs and outputs: it is in the signature, not beside the session.
  return format === "onnx" ? false : null;
}
